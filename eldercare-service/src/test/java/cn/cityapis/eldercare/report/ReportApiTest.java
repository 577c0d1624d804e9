package cn.cityapis.eldercare.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The figures of a hand-made history. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class ReportApiTest {

    private static final String PATH = "/reports/waiting-list";

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private HomeScene scene;
    private Walk walk;
    private String district;
    private WebTestClient officer;
    private int number;

    /** A district of its own for each test. */
    @BeforeEach
    void setUp() {
        scene = new HomeScene(port, database);
        walk = scene.walk;
        district = String.format("%06d", Math.floorMod(scene.home.hashCode(), 900_000));
        scene.run("update home set district_code = '" + district + "' where id = '" + scene.home + "'");
        officer = walk.district(district);
    }

    /** Somebody who came, and perhaps went; answers the entry. */
    private String entry(String channel, String came, String went, String reason) {
        String application = UUID.randomUUID().toString();
        String entry = UUID.randomUUID().toString();
        number++;
        scene.run("""
                insert into application (id, owner_subject, state, state_facts, live, rule_book_id, channel, sealed, created_at)
                values ('%s', 'x', 'WITHDRAWN', '{}', false, '2023-17', '%s', '\\x00', now())
                """.formatted(application, channel));
        scene.run("""
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs, ended_at, end_reason)
                values ('%s', '%s', '%s', %d, '%s', %d, '%s+08', '%s', '张*', '\\x00', %s, %s)
                """.formatted(entry, application, scene.home, number, channel,
                Channel.valueOf(channel).rank(), came, went == null ? "WAITING" : "ENDED",
                went == null ? "null" : "'" + went + "+08'", reason == null ? "null" : "'" + reason + "'"));
        return entry;
    }

    private void event(String entry, String kind, String appliedAt, String at) {
        scene.run("""
                insert into queue_event (home_id, seq, kind, entry_id, application_id, queue_number, channel, applied_at, phase,
                                         sealed_needs, at)
                select home_id, queue_number, '%s', id, application_id, queue_number, channel, '%s+08', 'WAITING', '\\x00', '%s+08'
                from queue_entry where id = '%s'
                """.formatted(kind, appliedAt, at, entry));
    }

    private void offer(String entry, String made, String state) {
        scene.run("""
                insert into offer (id, home_id, bed_id, entry_id, application_id, person_index, state, candidates, made_at,
                                   made_by, move_in_by, deadline_provisional)
                select gen_random_uuid(), home_id, (select id from bed limit 1), id, application_id, '\\x00', '%s', '[]',
                       '%s+08', 'x', '2026-01-01', false from queue_entry where id = '%s'
                """.formatted(state, made, entry));
    }

    private void missed(String entry, String at) {
        scene.run("""
                insert into deadline (id, application_id, home_id, kind, bound, started_at, last_day, provisional, warn_on,
                                      missed_at)
                select gen_random_uuid(), application_id, home_id, 'REVIEW', 'HOME', '%s+08', '2026-01-01', false,
                       '2026-01-01', '%s+08' from queue_entry where id = '%s'
                """.formatted(at, at, entry));
    }

    private void handMadeHistory() {
        entry("ORDINARY", "2024-05-01 10:00", null, null);
        entry("ORDINARY", "2025-12-31 23:59", "2026-02-10 08:00", "WITHDRAWN");
        String moved = entry("ORDINARY", "2026-01-01 00:00", "2026-02-10 00:00", "ADMITTED");
        String later = entry("ORDINARY", "2026-01-10 00:00", "2026-02-28 23:59", "ADMITTED");
        String refuses = entry("ORDINARY", "2026-02-01 00:00", "2026-03-01 00:00", "FORFEITED");
        String lapses = entry("PRIORITY", "2026-02-28 12:00", null, null);
        offer(moved, "2026-02-01 09:00", "COMPLETED");
        offer(later, "2026-02-20 09:00", "COMPLETED");
        offer(refuses, "2026-02-22 09:00", "REFUSED");
        offer(lapses, "2026-03-02 09:00", "LAPSED");
        missed(moved, "2026-01-20 00:00");
        missed(lapses, "2026-03-15 00:00");
    }

    private JsonNode line(Walk.Answer report, String month, String channel) {
        for (JsonNode line : report.body().at("/items")) {
            if (line.path("month").asString().equals(month) && line.path("channel").asString().equals(channel)) {
                return line;
            }
        }
        throw new AssertionError(month + " " + channel);
    }

    private static void figures(JsonNode line, int entered, int waiting, int admitted, int others, int offers,
            int accepted, int refused, int lapsed, int missed) {
        assertThat(List.of(line.path("entered").asInt(), line.path("waiting").asInt(), line.path("admitted").asInt(),
                line.path("otherEnds").asInt(), line.path("offers").asInt(), line.path("accepted").asInt(),
                line.path("refused").asInt(), line.path("lapsed").asInt(), line.path("deadlinesMissed").asInt()))
                .isEqualTo(List.of(entered, waiting, admitted, others, offers, accepted, refused, lapsed, missed));
    }

    @Test
    @DisplayName("第七条: the figures of each month, home and channel")
    void theFiguresOfAHandMadeHistory() {
        handMadeHistory();
        Walk.Answer report = walk.get(officer, PATH + "?from=2026-01&to=2026-03");
        assertThat(report.status()).as(report.body().toString()).isEqualTo(200);
        assertThat(report.body().at("/items").size()).isEqualTo(9);
        figures(line(report, "2026-01", "ORDINARY"), 2, 4, 0, 0, 0, 0, 0, 0, 1);
        figures(line(report, "2026-02", "ORDINARY"), 1, 2, 2, 1, 3, 2, 1, 0, 0);
        figures(line(report, "2026-03", "ORDINARY"), 0, 1, 0, 1, 0, 0, 0, 0, 0);
        figures(line(report, "2026-02", "PRIORITY"), 1, 1, 0, 0, 0, 0, 0, 0, 0);
        figures(line(report, "2026-03", "PRIORITY"), 0, 1, 0, 0, 1, 0, 0, 1, 1);
        assertThat(line(report, "2026-02", "ORDINARY").path("medianWaitDays").asInt()).isEqualTo(40);
        assertThat(line(report, "2026-02", "ORDINARY").path("longWaitDays").asInt()).isEqualTo(49);
        assertThat(line(report, "2026-03", "ORDINARY").has("medianWaitDays")).isFalse();
        assertThat(report.body().toString()).doesNotContain("张");
    }

    @Test
    @DisplayName("a month that is over does not change by who comes afterwards with a time of application of then")
    void whoCameLaterIsCountedWhenHeCame() {
        event(entry("ORDINARY", "2026-01-10 00:00", null, null), "ENTERED", "2026-01-10 00:00", "2026-03-05 00:00");
        event(entry("ORDINARY", "2026-03-10 00:00", null, null), "CARRIED_OVER", "2026-02-03 00:00",
                "2026-02-05 00:00");
        Walk.Answer report = walk.get(officer, PATH + "?from=2026-01&to=2026-03");
        figures(line(report, "2026-01", "ORDINARY"), 0, 0, 0, 0, 0, 0, 0, 0, 0);
        figures(line(report, "2026-02", "ORDINARY"), 1, 1, 0, 0, 0, 0, 0, 0, 0);
        figures(line(report, "2026-03", "ORDINARY"), 1, 2, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void theSameAsCsvAndAsASpreadsheet(@TempDir Path folder) throws Exception {
        handMadeHistory();
        String csv = new String(bytes("/csv?from=2026-02&to=2026-02"), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\uFEFF月份,区划代码,机构代码");
        assertThat(csv.lines()).hasSize(4).anyMatch(line -> line.endsWith("普通轮候通道,1,2,2,1,40,49,3,2,1,0,0"));
        byte[] xlsx = bytes("/xlsx?from=2026-02&to=2026-02");
        Path file = Files.write(folder.resolve("report.xlsx"), xlsx);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String sheet = new String(zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(sheet).contains("<v>40</v>", "<v>49</v>");
            assertThat(sheet.split("<row ", -1)).hasSize(5);
        }
    }

    private byte[] bytes(String path) {
        var result = officer.get().uri(Walk.API + PATH + path).exchange().expectStatus().isOk().expectBody()
                .returnResult();
        assertThat(result.getResponseHeaders().getFirst("Content-Disposition")).contains("waiting-list-2026-02");
        return result.getResponseBody();
    }

    @Test
    void aDistrictSeesItsOwnHomesTheCityAllAndNobodyElseAny() {
        assertThat(Set.copyOf(walk.get(officer, PATH).texts("/items", "homeId"))).containsExactly(scene.home);
        assertThat(Set.copyOf(walk.get(walk.city, PATH + "?from=2026-01&to=2026-01").texts("/items", "homeId")))
                .contains(scene.home, Walk.HOME_1, Walk.HOME_2);
        for (String form : List.of("", "/csv", "/xlsx")) {
            assertThat(walk.get(walk.operator, PATH + form).status()).isEqualTo(403);
        }
    }

    @Test
    void whatIsWrongWithThePeriodIsNamed() {
        assertThat(walk.get(officer, PATH + "?from=2026-13&to=x").texts("/errors", "code")).hasSize(2);
        Walk.Answer wrong = walk.get(officer, PATH + "?from=2020-01&to=2999-01");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.texts("/errors", "pointer")).containsExactly("/to", "/from");
        assertThat(walk.get(officer, PATH + "?from=2024-01&to=2025-12").status()).isEqualTo(200);
        assertThat(walk.get(officer, PATH + "?from=2023-12&to=2025-12").status()).isEqualTo(400);
    }
}
