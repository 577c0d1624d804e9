package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** 威金监发〔2023〕25号 第八条至第十一条: from the round to the insurer's account, each step booked. */
class InsuranceApiTest extends InsuranceScene {

    @Test
    void article8And11TheCityHandsItsShareToTheDistrictWhichPaysTheInsurer() {
        aRoundOf(2024);
        appropriate();
        Answer filing = inCityReview();
        assertThat(filing.number("/subsidyFen")).isEqualTo(8_000_001 + 900_000);
        Answer one = opinion(city("c1"), filing, "finance").is(200);
        assertThat(one.text("/state")).isEqualTo("city-review");
        Answer approved = opinion(cityTalent("c2"), one, "talent").is(200);
        assertThat(approved.text("/state")).isEqualTo("approved");
        consistent();
        district("d1").post(path(filing) + "/payments", "{\"bankReference\": \"early\"}", approved)
                .is(409, "filing-wrong-state");
        Answer transferred = city("cashier").post(path(filing) + "/transfers", null, approved).is(200);
        consistent();
        assertThat(held("city-funds", "district")).isEqualTo(4_000_001 + 450_000);
        Answer entered = district("d1").post(path(filing) + "/payments", "{\"bankReference\": \"P" + year + "\"}",
                transferred).is(200);
        Answer paid = district("d2").post(path(filing) + "/payment-confirmations", "{\"confirmed\": true}", entered)
                .is(200);
        assertThat(paid.text("/state")).isEqualTo("paid");
        assertThat(paid.text("/payeeAccount")).isEqualTo("***************0001");
        assertThat(held("city-funds", "district")).isZero();
        assertThat(held("paid", "city")).isEqualTo(4_000_001 + 450_000);
        assertThat(held("paid", "district")).isEqualTo(4_000_000 + 450_000);
        consistent();
    }

    private long held(String kind, String party) {
        return database.sql("""
                SELECT coalesce(sum(balance_fen), 0)::bigint FROM ledger_account
                 WHERE kind = :kind AND party = :party AND budget_year = :year AND scheme_id LIKE 'talent-insurance-%'
                """).bind("kind", kind).bind("party", party).bind("year", year).mapValue(Long.class).one().block();
    }

    @Test
    void article10OneRoundAYearInItsSecondHalf() {
        Api city = city("round-officer");
        city.post("/insurance-rounds", newRound(year)).is(409, "insurance-round-once");
        city.post("/insurance-rounds", newRound(year).replace("-09-01", "-06-30")).is(400, "validation-failed");
        city.post("/insurance-rounds", newRound(year).replace("60", "49")).is(400, "validation-failed");
        city.post("/insurance-rounds", "{}").is(400, "validation-failed");
    }

    @Test
    void article11WhatIsMissingIsNamedAtOnceAndWhatIsLateIsMarked() {
        Answer filing = draft();
        assertThat(insurer().post(path(filing) + "/submissions", null, filing).is(422, "filing-incomplete").pointers())
                .containsExactlyInAnyOrder("/files/application", "/files/table", "/files/policies",
                        "/files/payment-proof", "/rows", "/round");
        insurer().post("/insurance-rounds/" + round.text("/id") + "/filings", "{\"areaCode\": \"371002\"}")
                .is(409, "insurance-round-once");
        for (String kind : List.of("application", "table", "policies", "payment-proof")) {
            filing = upload(filing, kind, PDF, "application/pdf").is(200);
        }
        filing = rows(filing, table()).is(200);
        at(year + "-12-01");
        Answer late = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        assertThat(late.body().at("/filedLate").asBoolean()).isTrue();
        Answer back = district("d1").post(path(filing) + "/paper-checks",
                "{\"inOrder\": false, \"note\": \"缺一份保险单\"}", late).is(200);
        assertThat(back.text("/state")).isEqualTo("returned");
        Answer again = insurer().post(path(filing) + "/submissions", null, back).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", again).is(200);
        assertThat(LocalDate.parse(inOrder.text("/districtDue/lastDay"))).isAfter(LocalDate.of(year, 12, 13));
    }

    @Test
    void article11TwoOfficesAtEachLevelAndFourPersons() {
        appropriate();
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        opinion(district("d1"), filed, "finance").is(409, "filing-wrong-state");
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        opinion(city("c1"), inOrder, "finance").is(409, "filing-wrong-state");
        Answer one = opinion(district("d1"), inOrder, "finance").is(200);
        opinion(as("d1", "371002", "district", "talent"), one, "talent").is(409, "four-eyes");
        opinion(district("d3"), one, "finance").is(409, "four-eyes");
        Answer two = opinion(districtTalent("d2"), one, "talent").is(200);
        assertThat(two.text("/state")).isEqualTo("city-review");
        Answer refused = city("c1").post(path(filing) + "/opinions",
                "{\"office\": \"finance\", \"passed\": false, \"comment\": \"名单不符\"}", two).is(200);
        assertThat(refused.text("/state")).as("one office alone").isEqualTo("city-review");
        Answer rejected = cityTalent("c2").post(path(filing) + "/opinions",
                "{\"office\": \"talent\", \"passed\": false, \"comment\": \"名单不符\"}", refused).is(200);
        assertThat(rejected.text("/state")).isEqualTo("rejected");
        consistent();
    }

    @Test
    void withoutTheMoneyTheLastOpinionIsRefusedAndCanBeGivenAgain() {
        aRoundOf(2025);
        Answer filing = inCityReview();
        Answer one = opinion(city("c1"), filing, "finance").is(200);
        opinion(cityTalent("c2"), one, "talent").is(409, "budget-short");
        appropriate();
        assertThat(opinion(cityTalent("c2"), one, "talent").is(200).text("/state")).isEqualTo("approved");
        consistent();
    }

    @Test
    void filesAreToldByTheirContentLimitedAndSealed() {
        Answer filing = draft();
        upload(filing, "policies", "MZ not a pdf".getBytes(StandardCharsets.US_ASCII), "application/pdf")
                .is(422, "file-type-not-accepted");
        upload(filing, "policies", new byte[6 * 1024 * 1024], "application/pdf").is(413, "file-too-large");
        upload(filing, "luck", PDF, "application/pdf").is(400, "validation-failed");
        upload(filing, "policies", PDF, "text/html").is(415, "unsupported-media-type");
        Answer uploaded = upload(filing, "policies", PDF, "application/pdf").is(200);
        upload(filing, "policies", PDF, "application/pdf").is(412, "stale");
        String file = path(filing) + "/files/" + uploaded.text("/files/0/id");
        assertThat(insurer().download(file)).isEqualTo(PDF);
        assertThat(database.sql("SELECT content FROM insurance_file LIMIT 1").mapValue(byte[].class).one().block())
                .isNotEqualTo(PDF);
        as("other-clerk", "insurer-2", "insurer").get(file).is(404, "not-found");
        district("d1").get(path(filing)).is(404, "not-found");
        rows(uploaded, table().replace("100000.01", "x").replace("9000", "y")).is(422, "table-refused");
        assertThat(rows(uploaded, table().replace("100000.01", "x").replace("9000", "y")).pointers())
                .containsExactly("/rows/1/premiumYuan", "/rows/2/premiumYuan");
        Answer filled = rows(uploaded, table()).is(200);
        assertThat(database.sql("SELECT encode(name_sealed, 'escape') FROM insurance_row LIMIT 1")
                .mapValue(String.class).one().block()).doesNotContain("王某");
        Answer elsewhere = insurer().post("/insurance-rounds/" + round.text("/id") + "/filings",
                "{\"areaCode\": \"371003\"}").is(201);
        rows(elsewhere, table()).is(422, "table-refused");
        assertThat(filled.number("/rows")).isEqualTo(2);
    }

    private Answer twice(Api by, String path, String body, Answer seen, int status) {
        String key = UUID.randomUUID().toString();
        String etag = seen == null ? null : seen.etag();
        Answer first = by.send(HttpMethod.POST, path, body, etag, key).is(status);
        assertThat(by.send(HttpMethod.POST, path, body, etag, key))
                .isEqualTo(new Answer(status, first.body(), first.etag(), true));
        return first;
    }

    @Test
    void everyStepRepeatedIsDoneOnce() {
        String other = "/insurance-rounds/"
                + twice(city("round-officer"), "/insurance-rounds", newRound(2023), null, 201).text("/id");
        twice(city("round-officer"), other + "/account-corrections", ACCOUNT, null, 200);
        twice(city("round-officer-2"), other + "/account-confirmations", ACCOUNT, null, 200);
        appropriate();
        Answer filing = twice(insurer(), "/insurance-rounds/" + round.text("/id") + "/filings",
                "{\"areaCode\": \"371002\"}", null, 201);
        String key = UUID.randomUUID().toString();
        Answer first = insurer().upload(path(filing) + "/files?kind=table", PDF, "application/pdf", filing, key)
                .is(200);
        assertThat(insurer().upload(path(filing) + "/files?kind=table", PDF, "application/pdf", filing, key))
                .isEqualTo(new Answer(200, first.body(), first.etag(), true));
        Answer now = first;
        for (String kind : List.of("application", "policies", "payment-proof")) {
            now = upload(now, kind, PDF, "application/pdf").is(200);
        }
        byte[] csv = table().getBytes(StandardCharsets.UTF_8);
        String rowKey = UUID.randomUUID().toString();
        Answer filled = insurer().upload(path(filing) + "/rows", csv, "text/csv", now, rowKey).is(200);
        assertThat(insurer().upload(path(filing) + "/rows", csv, "text/csv", now, rowKey).replayed()).isTrue();
        at(year + "-09-29");
        Answer filed = twice(insurer(), path(filing) + "/submissions", null, filled, 200);
        Answer inOrder = twice(district("d1"), path(filing) + "/paper-checks", "{\"inOrder\": true}", filed, 200);
        Answer one = twice(district("d1"), path(filing) + "/opinions",
                "{\"office\": \"finance\", \"passed\": true, \"comment\": \"x\"}", inOrder, 200);
        Answer two = opinion(districtTalent("d2"), one, "talent").is(200);
        Answer approved = opinion(cityTalent("c2"), opinion(city("c1"), two, "finance").is(200), "talent").is(200);
        Answer transferred = twice(city("cashier"), path(filing) + "/transfers", null, approved, 200);
        Answer entered = twice(district("d1"), path(filing) + "/payments",
                "{\"bankReference\": \"R" + year + "\"}", transferred, 200);
        Answer paid = twice(district("d2"), path(filing) + "/payment-confirmations", "{\"confirmed\": true}", entered,
                200);
        twice(district("d2"), path(filing) + "/payment-returns",
                "{\"bankReference\": \"V" + year + "\", \"reason\": \"x\"}", paid, 200);
        consistent();
    }
}
