package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The log of a queue: complete, numbered without a gap, never changed. */
@ServiceTest(properties = "demo.data=true")
class QueueEventStoreTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Waitlist waitlist;

    @Autowired
    private TransactionalOperator transaction;

    private Walk walk;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
    }

    @Test
    @DisplayName("第十三条–第二十四条: every step that touches the queue stands in the log, in its order")
    void aRoundFromEntryToEnd() {
        WebTestClient citizen = walk.citizen("logged");
        String id = walk.waiting(citizen, Fixtures.idNumber(1941, 701));
        String offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("NURSING").getFirst()), null).text("/id");
        walk.post(citizen, "/applications/" + id + "/withdrawal", null,
                walk.get(citizen, "/applications/" + id).etag());
        assertThat(strings("select kind || ' ' || phase || ' ' || coalesce(reason, '-') from queue_event "
                + "where application_id = '" + id + "' order by seq"))
                .containsExactly("ENTERED PROVISIONAL -", "CHANGED PROVISIONAL -", "CHANGED WAITING -",
                        "OFFERED OFFERED -", "ENDED ENDED WITHDRAWN");
        assertThat(strings("select offer_id || ' ' || (bed ->> 'kind') from queue_event where application_id = '" + id
                + "' and kind = 'OFFERED'")).containsExactly(offer + " NURSING");
        noGaps();
    }

    @Test
    void theDemosPastStandsInTheLogAsItWasFound() {
        assertThat(number("select count(*) from queue_entry e where demo and not exists (select 1 from queue_event v "
                + "where v.entry_id = e.id)")).isZero();
        noGaps();
    }

    @Test
    void anEventCannotBeChangedDeletedOrSweptAway() {
        for (String change : List.of("update queue_event set at = now() where seq = 1",
                "delete from queue_event where seq = 1", "truncate queue_event")) {
            assertThatThrownBy(() -> database.sql(change).then().block()).as(change)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void whatIsRolledBackLeavesNeitherEventNorGap() {
        UUID entry = UUID.fromString(strings("select id::text from queue_entry where home_id = '" + Walk.HOME_2
                + "' and phase = 'WAITING' limit 1").getFirst());
        long before = number("select count(*) from queue_event");
        Mono<Void> failing = waitlist.setPhase(entry, Entry.Phase.PROVISIONAL)
                .then(Mono.error(new IllegalStateException("after the change")));
        assertThatThrownBy(() -> failing.as(transaction::transactional).block()).hasMessage("after the change");
        assertThat(number("select count(*) from queue_event")).isEqualTo(before);
        noGaps();
    }

    @Test
    void offersAndEndsNeedTheirFacts() {
        assertThatThrownBy(() -> waitlist.setPhase(UUID.randomUUID(), Entry.Phase.OFFERED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> waitlist.setPhase(UUID.randomUUID(), Entry.Phase.ENDED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("homes before applications: withdrawals and offers at once never wait for each other in a circle")
    void withdrawalsAndOffersAtOnce() throws Exception {
        // the first of its kind builds Jackson's reader under a lock, which BlockHound does not allow two at once
        walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("GENERAL").getFirst()), null);
        List<Callable<Walk.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WebTestClient citizen = walk.citizen("racing-" + i);
            String id = walk.waiting(citizen, Fixtures.idNumber(1930 + i, 702 + i));
            String etag = walk.get(citizen, "/applications/" + id).etag();
            calls.add(() -> walk.post(citizen, "/applications/" + id + "/withdrawal", null, etag));
        }
        walk.freeBeds("NURSING").stream().limit(4).forEach(bed -> calls.add(
                () -> walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null)));
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Walk.Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).as(answer.get().body().toString()).isIn(200, 201, 409, 412);
            }
        }
        noGaps();
    }

    private void noGaps() {
        assertThat(strings("select h.code from home h left join queue_event v on v.home_id = h.id "
                + "group by h.id having count(v.seq) <> h.last_event_seq or coalesce(max(v.seq), 0) <> h.last_event_seq"))
                .isEmpty();
    }

    private List<String> strings(String sql) {
        return database.sql(sql).mapValue(String.class).all().collectList().block();
    }

    private long number(String sql) {
        return database.sql(sql).mapValue(Long.class).one().block();
    }
}
