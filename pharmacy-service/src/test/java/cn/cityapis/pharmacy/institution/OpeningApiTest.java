package cn.cityapis.pharmacy.institution;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-opening"})
class OpeningApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    DevelopmentClock clock;

    private String store = "";

    @BeforeEach
    void lookAround() {
        store = Api.as(port, Who.CHAIN).get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        hours("08:00", "20:00");
    }

    @AfterEach
    void backToNow() {
        clock.advance(Duration.between(clock.instant(), java.time.Instant.now()));
        database.sql("DELETE FROM opening_exception").then().block();
        database.sql("UPDATE institution SET keeps_calendar = false").then().block();
    }

    /** The same hours Monday to Saturday; none on Sunday. */
    private void hours(String opens, String closes) {
        UUID id = UUID.fromString(store);
        database.sql("DELETE FROM opening_hours WHERE institution_id = :id").bind("id", id).then().block();
        database.sql("""
                INSERT INTO opening_hours SELECT :id, day, :opens::time, :closes::time FROM generate_series(1, 6) AS day
                """).bind("id", id).bind("opens", opens).bind("closes", closes).then().block();
    }

    private void at(String date, String time) {
        clock.moveTo(java.time.LocalDateTime.parse(date + "T" + time).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private boolean open() {
        boolean alone = Api.as(port, Who.APP).get("/pharmacies/" + store).body().path("openNow").asBoolean();
        Answer detail = Api.as(port, Who.APP).get("/pharmacies/" + store + "?coordType=wgs84");
        var position = detail.body().path("position");
        var among = Api.as(port, Who.APP).get("/pharmacies/nearby?limit=100&openNow=true&coordType=wgs84&lat="
                + position.path("lat").asDouble() + "&lon=" + position.path("lon").asDouble()).body().path("items");
        boolean listed = among.valueStream().anyMatch(i -> i.at("/pharmacy/pharmacyId").asString().equals(store));
        assertThat(listed).isEqualTo(alone);
        return alone;
    }

    private Answer declare(Who who, Object body) {
        return Api.as(port, who).post("/stores/" + store + "/opening-exceptions", body, null);
    }

    @Test
    void keepsItsWeek() {
        at("2026-11-23", "08:00");
        assertThat(open()).isTrue();
        at("2026-11-23", "20:00");
        assertThat(open()).isFalse();
        at("2026-11-22", "12:00");
        assertThat(open()).isFalse();
    }

    /** 2026-10-01 is a Thursday off, 2026-10-10 a Saturday on which people work. */
    @Test
    void aPlaceThatKeepsTheCalendarIsClosedOnAHolidayLikeOnASunday() {
        at("2026-10-01", "12:00");
        assertThat(open()).isTrue();
        database.sql("UPDATE institution SET keeps_calendar = true").then().block();
        assertThat(open()).isFalse();
        database.sql("DELETE FROM opening_hours WHERE weekday = 6 AND institution_id = :id")
                .bind("id", UUID.fromString(store)).then().block();
        at("2026-10-10", "12:00");
        assertThat(open()).isTrue();
        at("2026-10-17", "12:00");
        assertThat(open()).isFalse();
    }

    @Test
    void aDeclaredDayHasItsOwnHoursAndTheLastWordCounts() {
        at("2026-11-22", "10:00");
        Answer declared = declare(Who.CHAIN, Map.of("day", "2026-11-22", "note", "值班", "hours",
                List.of(Map.of("opens", "09:00", "closes", "11:00"))));
        assertThat(declared.status()).as("%s", declared).isEqualTo(200);
        assertThat(declared.body().path("text").asString()).isEqualTo("09:00-11:00");
        assertThat(open()).isTrue();
        declare(Who.CHAIN, Map.of("day", "2026-11-23", "note", "盘点", "hours", List.of()));
        at("2026-11-23", "10:00");
        assertThat(open()).isFalse();
        declare(Who.CHAIN, Map.of("day", "2026-11-23", "note", "照常", "hours",
                List.of(Map.of("opens", "09:00", "closes", "24:00"))));
        assertThat(open()).isTrue();
        assertThat(Api.as(port, Who.APP).get("/pharmacies/" + store).body().at("/openingExceptions/0/text").asString())
                .isEqualTo("09:00-24:00");
        assertThat(database.sql("SELECT count(*) FROM outbox WHERE type = 'pharmacy.opening.declared' AND subject = :s")
                .bind("s", "pharmacies/" + store).map(r -> r.get(0, Long.class)).one().block()).isEqualTo(3);
    }

    @Test
    void aClinicWithAnAccountDeclaresForItself() {
        at("2026-11-22", "10:00");
        String clinic = Api.as(port, Who.CLINIC).get("/stores").body().at("/items/0/pharmacyId").asString();
        Map<String, Object> day = Map.of("day", "2026-11-23", "note", "进修", "hours", List.of());
        assertThat(declare(Who.CLINIC, day).status()).isEqualTo(404);
        store = clinic;
        assertThat(declare(Who.OTHER_CLINIC, day).status()).isEqualTo(404);
        assertThat(declare(Who.CHAIN, day).status()).isEqualTo(404);
        assertThat(declare(Who.CLINIC, day).status()).isEqualTo(200);
        at("2026-11-23", "10:00");
        assertThat(open()).isFalse();
    }

    @Test
    void onlyTheOwnerDeclaresAndAllThatIsWrongIsNamed() {
        var day = Map.of("day", LocalDate.now(clock).toString(), "note", "n", "hours", List.of());
        assertThat(declare(Who.OTHER_CHAIN, day).status()).isEqualTo(404);
        assertThat(declare(Who.CHAIN, Map.of("day", "2020-01-01", "note", "n", "hours",
                List.of(Map.of("opens", "12:00", "closes", "09:00")))).errors())
                .isEqualTo(Map.of("/day", "out-of-range", "/hours/0", "out-of-range"));
        assertThat(declare(Who.CHAIN, Map.of("day", "x", "hours", List.of(Map.of("opens", "9", "closes", "25:00"))))
                .errors().keySet())
                .containsExactlyInAnyOrder("/day", "/note", "/hours/0/opens", "/hours/0/closes");
    }
}
