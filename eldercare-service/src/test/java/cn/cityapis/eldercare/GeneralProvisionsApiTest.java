package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-life",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第二条, 第三条, 第四条, 第六条, 第七条: which homes, on what terms, under whose eyes")
class GeneralProvisionsApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;
    private WebTestClient citizen;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
        citizen = walk.citizen("general-citizen");
    }

    @Test
    @DisplayName("第二条, 第三条: homes are public, or public built and privately run; there is no third kind")
    void onlyPublicHomes() {
        assertThat(walk.get(walk.app, "/homes?limit=100").texts("/items", "kind")).isNotEmpty()
                .allMatch(List.of("PUBLIC", "PRIVATELY_RUN")::contains);
        assertThatThrownBy(() -> database.sql("""
                insert into home (id, code, org, agency_org, name, kind, district_code, district_name, address, phone,
                                  opening_hours)
                select gen_random_uuid(), 'private-1', 'private-1', agency_org, name, 'PRIVATE', district_code,
                       district_name, address, phone, opening_hours from home limit 1
                """).then().block()).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    @DisplayName("第四条: only whoever has been reviewed and assessed is offered a bed")
    void nobodyUnassessedIsOfferedABed() {
        String id = walk.complete(citizen, Fixtures.idNumber(1931, 501), List.of(Walk.HOME_1), "DESTITUTE");
        Walk.Answer submitted = walk.submit(citizen, id);
        assertThat(submitted.text("/channel/channel")).isEqualTo("SPECIAL");
        assertThat(submitted.body().at("/entries/0/position/provisional").asBoolean()).isTrue();
        walk.qualify(id);
        Walk.Answer offer = walk.offer(walk.freeBeds("NURSING").getFirst());
        assertThat(offer.text("/applicationId")).isNotEqualTo(id);
        assertThat(walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers/" + offer.text("/id")
                + "/candidates?limit=100").texts("/items", "verdict")).contains("NOT_YET_ASSESSED");
        walk.post(citizen, "/applications/" + id + "/withdrawal", null,
                walk.get(citizen, "/applications/" + id).etag());
    }

    @Test
    @DisplayName("第六条: the queue is open to all, and each decision names its articles")
    void openToAll() {
        assertThat(walk.get(walk.app, "/homes/" + Walk.HOME_1 + "/queue").status()).isEqualTo(200);
        String id = walk.complete(citizen, Fixtures.idNumber(1931, 502), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        walk.qualify(id);
        Walk.Answer assessed = walk.assess(id, 70);
        assertThat(assessed.body().at("/application/decisions").size()).isEqualTo(3);
        assessed.body().at("/application/decisions")
                .forEach(decision -> assertThat(decision.path("basis").size()).isPositive());
    }

    @Test
    @DisplayName("第七条: a district sees the applications at its own homes, and no others")
    void theDistrictSupervisesItsOwnHomes() {
        String id = walk.complete(citizen, Fixtures.idNumber(1931, 503), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        for (Map.Entry<String, Integer> each : Map.of("371002", 200, "371003", 404).entrySet()) {
            WebTestClient district = Apis.client(port,
                    Tokens.operator("officer", each.getKey(), "district").scopes("eldercare.read").token());
            assertThat(walk.get(district, "/applications/" + id).status()).as(each.getKey()).isEqualTo(each.getValue());
        }
    }
}
