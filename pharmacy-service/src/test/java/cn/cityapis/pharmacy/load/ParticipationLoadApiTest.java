package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-participation"})
class ParticipationLoadApiTest {

    private static final String HEAD = "code,programme,since,until\n";

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    DevelopmentClock clock;

    private Api city;

    @BeforeEach
    void signIn() {
        city = Api.as(port, Who.CITY);
    }

    @AfterEach
    void backToNow() {
        clock.advance(Duration.between(clock.instant(), Instant.now()));
    }

    private Answer preview(String text) {
        return city.upload("/catalogue-imports?kind=participations", "text/csv", text);
    }

    private Answer apply(Answer previewed, boolean takeQuestioned) {
        return city.post("/catalogue-imports/" + previewed.body().path("importId").asString() + "/application",
                Map.of("takeQuestioned", takeQuestioned), previewed.tag());
    }

    private int taken(Answer previewed, boolean takeQuestioned) {
        Answer applied = apply(previewed, takeQuestioned);
        assertThat(applied.status()).as("%s", applied).isEqualTo(200);
        return applied.body().path("taken").asInt();
    }

    /** One of the last made-up places of the kind; the example is about the first. */
    private String lastBut(int place, String kind) {
        return Objects.requireNonNull(database.sql("""
                SELECT id::text AS id FROM institution WHERE kind = :kind AND demo ORDER BY id DESC OFFSET :place LIMIT 1
                """).bind("kind", kind).bind("place", place).map(row -> row.get("id", String.class)).one().block());
    }

    private List<String> rows(String place) {
        return Objects.requireNonNull(database.sql("""
                SELECT concat_ws(' ', programme, since, until) AS period FROM participation
                 WHERE institution_id = :place::uuid ORDER BY programme, since
                """).bind("place", place).map(row -> row.get("period", String.class)).all().collectList().block());
    }

    private List<String> shownOn(LocalDate day, String place) {
        clock.moveTo(day.atTime(12, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        return Api.as(port, Who.APP).get("/pharmacies/" + place).body().path("programmes").valueStream()
                .map(JsonNode::asString).toList();
    }

    /** What docs/examples shows can be loaded as it stands, and loaded again without any effect. */
    @Test
    void theExampleIsTakenAsItStands() throws IOException {
        String file = Files.readString(Path.of("../docs/examples/participations.csv"));
        Answer previewed = preview(file);
        assertThat(List.of("fresh", "corrections", "unchanged", "questioned", "bad")).as("%s", previewed)
                .extracting(count -> previewed.body().path(count).asInt()).containsExactly(1, 2, 1, 1, 0);
        String store = file.lines().skip(1).findFirst().orElseThrow().split(",")[0];
        assertThat(rows(store)).containsExactly("chain_procurement 2024-01-01");
        assertThat(taken(previewed, false)).isEqualTo(3);
        assertThat(rows(store)).containsExactly("chain_procurement 2024-01-01 2025-12-31",
                "chain_procurement 2026-03-01");
        assertThat(taken(preview(file), true)).isEqualTo(1);
        assertThat(preview(file).body().path("unchanged").asInt()).isEqualTo(5);
    }

    @Test
    void anInstitutionIsInTheProgrammesOfTheDay() {
        String store = lastBut(0, "store");
        assertThat(taken(preview(HEAD + store + ",chain_procurement,2026-09-01,\n" + store
                + ",chain_procurement,2024-01-01,2026-06-30\n" + store
                + ",private_institutions,2026-06-30,2026-07-01\n"),
                true)).isEqualTo(3);
        assertThat(shownOn(LocalDate.of(2023, 12, 31), store)).isEmpty();
        assertThat(shownOn(LocalDate.of(2024, 1, 1), store)).containsExactly("chain_procurement");
        assertThat(shownOn(LocalDate.of(2026, 6, 30), store)).containsExactly("chain_procurement",
                "private_institutions");
        assertThat(shownOn(LocalDate.of(2026, 7, 1), store)).containsExactly("private_institutions");
        assertThat(shownOn(LocalDate.of(2026, 7, 2), store)).isEmpty();
        assertThat(shownOn(LocalDate.of(2026, 9, 1), store)).containsExactly("chain_procurement");
    }

    @Test
    void eachBadLineIsNamedAndTheOthersAreTaken() {
        String clinic = lastBut(0, "clinic");
        String hospital = lastBut(0, "public_hospital");
        Answer previewed = preview(HEAD + clinic + ",private_institutions,2024-01-01,2026-12-31\n" + clinic
                + ",private_institutions,2026-12-31,\n" + clinic + ",chain_procurement,2026-01-01,\n" + hospital
                + ",private_institutions,2026-01-01,2025-01-01\nNOBODY,retail,x,\n");
        assertThat(previewed.body().path("bad").asInt()).as("%s", previewed).isEqualTo(4);
        assertThat(city
                .get("/catalogue-imports/" + previewed.body().path("importId").asString() + "/lines?verdict=bad").body()
                .path("items").valueStream().map(line -> line.path("problems").valueStream()
                        .map(problem -> problem.path("column").asString() + " " + problem.path("code").asString())
                        .toList().toString()))
                .containsExactly("[since overlaps]", "[programme kind-mismatch]",
                        "[until out-of-range, programme kind-mismatch]",
                        "[code unknown, programme invalid-value, since wrong-type]");
        assertThat(taken(previewed, true)).isEqualTo(1);
        assertThat(rows(clinic)).containsExactly("private_institutions 2024-01-01 2026-12-31");
        assertThat(rows(hospital)).isEmpty();
    }

    @Test
    void aPreviewOfAnOlderCatalogueIsMadeAnew() {
        String store = lastBut(1, "store");
        Answer first = preview(HEAD + store + ",chain_procurement,2024-01-01,2025-12-31\n");
        Answer second = preview(HEAD + store + ",chain_procurement,2024-01-01,2026-12-31\n");
        assertThat(taken(second, false)).isEqualTo(1);
        Answer refused = apply(first, false);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("catalogue-moved-on");
        assertThat(rows(store)).containsExactly("chain_procurement 2024-01-01 2026-12-31");
    }

    /** Whoever writes, and in whatever way: the database is the last guard. */
    @Test
    void twoPeriodsOfTheSameShareNoDayInTheDatabaseEither() {
        String store = lastBut(2, "store");
        assertThatThrownBy(() -> database.sql("""
                INSERT INTO participation (institution_id, programme, since) VALUES (:store::uuid, 'chain_procurement', '2026-01-01')
                """).bind("store", store).then().block()).isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("participation_once_at_a_time");
    }
}
