package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** 不得重复享受 across schemes, and which version of a scheme binds an application, over the API. */
class ExclusionApiTest extends SchemeScene {

    private static final String EXCLUDES = "excludes: [" + ALLOWANCE + "]\n";

    @Autowired
    private PayDueMonths payDueMonths;

    @Test
    void whicheverOfTwoExcludingSchemesComesFirstStandsInTheWayOfTheOther() {
        publish(document("excluding-both-ways", 1, EXCLUDES), today());
        Answer first = submit(draft("excluding-both-ways")).is(200);
        isRefusedFor(first, submit(draft(ALLOWANCE)));
        citizen.post(path(first) + "/withdrawals", null, first).is(200);
        Answer second = submit(draft(ALLOWANCE)).is(200);
        isRefusedFor(second, submit(draft("excluding-both-ways")));

        aPersonOfHisOwn();
        submit(draft("excluding-both-ways")).is(200);
    }

    @Test
    void ofManySubmissionsToExcludingSchemesAtOnceOneWins() {
        publish(document("excluding-at-once", 1, EXCLUDES), today());
        List<Answer> drafts = IntStream.range(0, 6)
                .mapToObj(n -> draft(n % 2 == 0 ? ALLOWANCE : "excluding-at-once")).toList();
        List<Integer> statuses = Flux.fromIterable(drafts)
                .flatMap(draft -> Mono.fromCallable(() -> submit(draft)).subscribeOn(Schedulers.boundedElastic()), 6)
                .map(Answer::status).sort().collectList().block();
        assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409);
    }

    @Test
    void anAppealDoesNotBringBackWhatIsNowExcluded() {
        publish(document("excluding-an-appeal", 1, ""), today());
        Answer submitted = submit(draft(ALLOWANCE)).is(200);
        Answer rejected = district().post(path(submitted) + "/reviews",
                "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}", submitted).is(200);
        publish(document("excluding-an-appeal", 2, EXCLUDES), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        Answer other = submit(draft("excluding-an-appeal")).is(200);
        isRefusedFor(other, citizen.post(path(rejected) + "/appeals", "{\"grounds\": \"x\"}", rejected));
        assertThat(citizen.get(path(rejected)).text("/state")).isEqualTo("rejected");
    }

    @Test
    void anExclusionThatCameLaterBindsWhoComesLater() {
        publish(document("excluding-later", 1, ""), today());
        Answer before = submit(draft(ALLOWANCE)).is(200);
        publish(document("excluding-later", 2, EXCLUDES), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        isRefusedFor(before, submit(draft("excluding-later")));
    }

    @Test
    void anExclusionThatWasLiftedStillBindsWhoCameBefore() {
        publish(document("excluding-once", 1, EXCLUDES), today());
        Answer before = submit(draft("excluding-once")).is(200);
        publish(document("excluding-once", 2, ""), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        isRefusedFor(before, submit(draft(ALLOWANCE)));

        aPersonOfHisOwn();
        clock.advance(Duration.ofDays(1));
        submit(draft("excluding-once")).is(200);
        submit(draft(ALLOWANCE)).is(200);
    }

    /** A draft is bound by nothing yet: what decides is the version of the day on which it is submitted. */
    @Test
    void anOldDraftIsDecidedByTheVersionOfTheDayItIsSubmitted() {
        publish(document("of-two-versions", 1, ""), today());
        Answer draft = draft("of-two-versions");
        publish(document("of-two-versions", 2, "").replace("value: 500000,", "value: 600000,")
                .replace("fen: 500000,", "fen: 600000,"), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        Answer submitted = submit(draft).is(200);
        assertThat(submitted.number("/schemeVersion")).isEqualTo(2);
        assertThat(submitted.number("/monthlyFen")).isEqualTo(600_000);

        aPersonOfHisOwn();
        clock.advance(Duration.ofDays(2));
        Answer late = draft("of-two-versions");
        publish(document("of-two-versions", 3, "").replace("  firstReviewWorkingDays: 10",
                "  closedBecause: 已停止受理\n  firstReviewWorkingDays: 10"), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        submit(late).is(409, "scheme-closed");
    }

    /** Who bears which part is pinned too: what is committed is what the months will be paid from. */
    @Test
    void moneyIsCommittedByTheVersionOfTheApplication() {
        publish(document("of-two-fundings", 1, ""), today());
        Answer submitted = submit(draft("of-two-fundings")).is(200);
        Answer first = district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        city().post(path(first) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
        publish(document("of-two-fundings", 2, "").replace(
                "shares: [{party: city, weight: 1}, {party: district, weight: 1}]",
                "shares: [{party: city, weight: 1}]"), today().plusDays(1));
        clock.advance(Duration.ofDays(1));
        appropriate("\"city\", \"areaCode\": \"371000\"");
        assertThat(citizen.get(path(first)).text("/state")).isEqualTo("awaiting-funds");
        appropriate("\"district\", \"areaCode\": \"371002\"");
        assertThat(citizen.get(path(first)).text("/state")).isEqualTo("paying");
        clock.moveTo(LocalDate.of(2026, 12, 2).atTime(9, 0).atZone(java.time.ZoneId.of("Asia/Shanghai")).toInstant());
        payDueMonths.run().block();
        assertThat(citizen.get(path(first) + "/statement").is(200).number("/paidFen")).isEqualTo(500_000);
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    private void appropriate(String budget) {
        city().post("/ledger/appropriations", "{\"schemeId\": \"of-two-fundings\", \"year\": 2026, \"party\": " + budget
                + ", \"amountFen\": 100000000, \"memo\": \"x\"}").is(201);
    }
}
