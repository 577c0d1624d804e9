package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

/** Races, settled by the database. */
@ServiceTest(properties = "demo.data=true")
class OfferStoreTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
    }

    private static List<Integer> together(List<Callable<Walk.Answer>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Walk.Answer> answer : threads.invokeAll(calls)) {
                statuses.add(answer.get().status());
            }
            return statuses;
        }
    }

    @Test
    void twoOperatorsOfferingTheSameBedMakeOneOffer() throws Exception {
        String bed = walk.freeBeds("GENERAL").getFirst();
        Callable<Walk.Answer> offer = () -> walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", bed),
                null);
        assertThat(together(List.of(offer, offer, offer, offer))).containsExactlyInAnyOrder(201, 409, 409, 409);
        assertThat(count("select count(*) from offer where bed_id = '" + bed + "'")).isEqualTo(1);
    }

    @Test
    void twoBedsOfferedAtOnceGoToTwoPeople() throws Exception {
        List<String> beds = walk.freeBeds("NURSING").subList(0, 3);
        List<Callable<Walk.Answer>> calls = new ArrayList<>();
        beds.forEach(bed -> calls
                .add(() -> walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null)));
        assertThat(together(calls)).containsOnly(201);
        assertThat(count("select count(*) - count(distinct application_id) from offer")).isZero();
    }

    @Test
    void twoApplicationsOfTheSamePersonOneIsTaken() throws Exception {
        WebTestClient one = walk.citizen("twin-1");
        WebTestClient two = walk.citizen("twin-2");
        String number = Fixtures.idNumber(1945, 505);
        String first = walk.complete(one, number, List.of(Walk.HOME_1), "LOW_INCOME");
        String second = walk.complete(two, number, List.of(Walk.HOME_1, Walk.HOME_2), "LOW_INCOME");
        assertThat(together(List.of(() -> walk.submit(one, first), () -> walk.submit(two, second))))
                .containsExactlyInAnyOrder(200, 409);
        assertThat(count("select count(*) from queue_entry where application_id in ('" + first + "', '" + second
                + "') and home_id = '" + Walk.HOME_1 + "'")).isEqualTo(1);
    }

    @Test
    @DisplayName("one live offer per bed: the database is the last guard")
    void theIndexRefusesASecondLiveOfferForABed() {
        walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("DEMENTIA_CARE").getFirst()),
                null);
        walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("GENERAL").getFirst()), null);
        StepVerifier.create(database.sql("""
                insert into offer select gen_random_uuid(), version, home_id, bed_id, entry_id, application_id, '\\x00', state,
                       candidates, made_at, made_by, move_in_by, deadline_provisional, ended_at
                from offer where state = 'OPEN' limit 1
                """).then()).expectError(DuplicateKeyException.class).verify();
    }

    @Test
    void decisionsCannotBeChanged() {
        walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("GENERAL").getFirst()), null);
        StepVerifier.create(database.sql("update decision set reason = 'x'").then()).expectError().verify();
    }

    @Test
    void personalDataIsSealedAtRest() {
        String number = Fixtures.idNumber(1944, 506);
        WebTestClient citizen = walk.citizen("canary");
        walk.submit(citizen, walk.complete(citizen, number, List.of(Walk.HOME_1), "LOW_INCOME"));
        for (String table : List.of("application", "queue_entry", "decision", "material", "outbox", "audit_entry",
                "idempotency_key", "notice")) {
            assertThat(count("select count(*) from " + table + " t where t::text like '%" + number
                    + "%' or t::text like '%张桂兰%' or t::text like '%13800000001%'")).as(table).isZero();
        }
    }

    @Test
    void readingTheClearTextIsAudited() {
        WebTestClient citizen = walk.citizen("audited");
        String number = Fixtures.idNumber(1940, 510);
        String id = walk.complete(citizen, number, List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        assertThat(walk.get(walk.operator, "/applications/" + id).text("/applicant/idNumber")).doesNotContain("1940");
        assertThat(walk.get(walk.operator, "/applications/" + id + "/form").text("/applicant/idNumber"))
                .isEqualTo(number);
        assertThat(count(
                "select count(*) from audit_entry where action = 'application.read-clear' and resource_id = '" + id
                        + "' and org = 'demo-home-1'"))
                .isEqualTo(1);
    }

    private long count(String sql) {
        Long count = database.sql(sql).map(row -> row.get(0, Long.class)).one().block();
        return count == null ? -1 : count;
    }
}
