package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Who waits for money: withdrawn while the queue runs, and more of them than a page holds. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.funding.page-rows=2", "test.database=of-funding"})
class FundingApiTest extends ApplicationScene {

    private static final String PASS = "{\"decision\": \"pass\"}";
    private static final long DOCTOR = 9_000_000;

    @Autowired
    private DatabaseClient database;
    @Autowired
    private TransactionalOperator transaction;
    private int minutes;
    @Autowired
    private FundWaiting fundWaiting;
    @Autowired
    private PayDueMonths payDueMonths;

    private record Case(Api citizen, Answer application) {

        Answer now() {
            return citizen.get(path(application)).is(200);
        }

        String state() {
            return now().text("/state");
        }
    }

    private void appropriate(String party, String area, long fen) {
        city().post("/ledger/appropriations", """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "%s", "areaCode": "%s", "amountFen": %d,
                 "memo": "x"}""".formatted(party, area, fen)).is(201);
    }

    /** Approved of somebody new, a minute after the one before; until the budgets of its area are opened it waits. */
    private Case waiting(String area) {
        aPersonOfHisOwn();
        clock.advance(Duration.ofMinutes(++minutes));
        Answer draft = citizen.post("/applications",
                Api.newApplication(idNumber).replace("\"areaCode\": \"371002\"", "\"areaCode\": \"" + area + "\""))
                .is(201);
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Answer first = Api.as(port, People.district(area)).post(path(draft) + "/reviews", PASS, submitted).is(200);
        Answer approved = city().post(path(draft) + "/reviews", PASS, first).is(200);
        assertThat(approved.text("/state")).isEqualTo("awaiting-funds");
        return new Case(citizen, approved);
    }

    private long events(Case of, String kind) {
        return database.sql("SELECT count(*) FROM outbox WHERE subject = :about AND type = :kind")
                .bind("about", "applications/" + of.application().text("/id")).bind("kind", kind)
                .mapValue(Long.class).one().block();
    }

    private void addsUp() {
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    /** The queue has read both and stands at the lock of the first, when the second is withdrawn. */
    @Test
    void whoWithdrawsWhileTheQueueRunsIsNotFundedAndTheNextGetsTheMoney() {
        Case first = waiting("371002");
        Case withdrawn = waiting("371002");
        Case next = waiting("371002");
        appropriate("district", "371002", 2 * DOCTOR);
        Sinks.Empty<Void> release = Sinks.empty();
        CompletableFuture<Void> holder = hold(first, release);
        CompletableFuture<Void> queue = CompletableFuture
                .runAsync(() -> appropriate("city", "371000", 2 * DOCTOR));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                        + "AND wait_event_type = 'Lock'") > 0);
        withdrawn.citizen().post(path(withdrawn.application()) + "/withdrawals", null, withdrawn.application()).is(200);
        release.tryEmitEmpty();
        holder.join();
        queue.join();
        assertThat(next.state()).as("behind the first page").isEqualTo("awaiting-funds");
        fundWaiting.run().block();
        assertThat(Stream.of(first, withdrawn, next).map(Case::state)).containsExactly("paying", "withdrawn", "paying");
        assertThat(events(withdrawn, "subsidy.application.funded")).isZero();
        assertThat(events(next, "subsidy.application.funded")).isEqualTo(1);
        addsUp();
    }

    private CompletableFuture<Void> hold(Case of, Sinks.Empty<Void> release) {
        Sinks.Empty<Void> held = Sinks.empty();
        CompletableFuture<Void> holder = database.sql("SELECT id FROM application WHERE id = :id FOR UPDATE")
                .bind("id", UUID.fromString(of.application().text("/id"))).mapValue(UUID.class).one()
                .doOnNext(id -> held.tryEmitEmpty())
                .then(Mono.defer(release::asMono)).as(transaction::transactional).toFuture();
        held.asMono().block();
        return holder;
    }

    private long number(String sql) {
        return database.sql(sql).mapValue(Long.class).one().block();
    }

    @Test
    void moreWaitingCasesThanAPageHideNobodyWhoseDistrictHasMoney() {
        List<Case> poor = Stream.generate(() -> waiting("371082")).limit(5).toList();
        List<Case> rich = Stream.generate(() -> waiting("371083")).limit(5).toList();
        appropriate("district", "371083", 4 * DOCTOR);
        appropriate("city", "371000", 9 * DOCTOR);
        fundWaiting.run().block();
        assertThat(poor.stream().map(Case::state)).containsOnly("awaiting-funds");
        assertThat(rich.stream().map(Case::state)).containsExactly("paying", "paying", "paying", "paying",
                "awaiting-funds");
        appropriate("district", "371082", 5 * DOCTOR);
        fundWaiting.run().block();
        assertThat(poor.stream().map(Case::state)).containsOnly("paying");
        addsUp();
    }

    /** The first page is funded with the money, each further one in a transaction of its own. */
    @Test
    void aLongQueueIsFundedInSteps() {
        List<Case> all = Stream.generate(() -> waiting("371071")).limit(5).toList();
        appropriate("city", "371000", 5 * DOCTOR);
        appropriate("district", "371071", 5 * DOCTOR);
        assertThat(all.stream().map(Case::state)).containsExactly("paying", "paying", "awaiting-funds",
                "awaiting-funds", "awaiting-funds");
        fundWaiting.run().block();
        assertThat(all.stream().map(Case::state)).containsOnly("paying");
        assertThat(database.sql("""
                SELECT count(DISTINCT t.written_in::text) FROM ledger_transaction t
                 WHERE t.kind = 'commitment' AND t.application_id = ANY(:all)
                """).bind("all", all.stream().map(it -> UUID.fromString(it.application().text("/id")))
                .toArray(UUID[]::new)).mapValue(Long.class).one().block()).isEqualTo(3);
        assertThat(number("SELECT count(*) FROM funding_wanted")).isZero();
        addsUp();
    }

    @Test
    void moneyThatIsRepaidOrNotPaidReachesWhoWaits() {
        Case paid = waiting("371072");
        appropriate("city", "371000", DOCTOR);
        appropriate("district", "371072", DOCTOR);
        Case next = waiting("371072");
        assertThat(paid.state()).isEqualTo("paying");
        Api.as(port, People.district("371072")).post(path(paid.application()) + "/fact-changes",
                "{\"from\": \"2026-11-25\", \"facts\": {\"engagement\": \"none\"}}", paid.now()).is(200);
        clock.moveTo(LocalDate.of(2029, 12, 2).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        for (int i = 0; i < 3; i++) {
            payDueMonths.run().block();
        }
        assertThat(paid.state()).isEqualTo("ended");
        clock.moveTo(LocalDate.of(2026, 12, 2).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        assertThat(next.state()).isEqualTo("awaiting-funds");
        fundWaiting.run().block();
        assertThat(next.state()).isEqualTo("paying");
        addsUp();
    }
}
