package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** The flow that an estimate rests on. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class QueueFlowsStoreTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private QueueFlows flows;

    private HomeScene scene;

    @BeforeEach
    void aHomeOfItsOwn() {
        scene = new HomeScene(port, database);
    }

    /** In the queue from that day on, with a time of application of 1 January. */
    private void cameOn(int number, String day) {
        String application = UUID.randomUUID().toString();
        String entry = UUID.randomUUID().toString();
        scene.run("""
                insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                values ('%s', 'x', 'WITHDRAWN', '{}', false, '2023-17', '\\x00', now())
                """.formatted(application));
        scene.run("""
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs)
                values ('%s', '%s', '%s', %d, 'ORDINARY', 3, '2026-01-01 00:00+08', 'WAITING', '张*', '\\x00')
                """.formatted(entry, application, scene.home, number));
        scene.run("""
                insert into queue_event (home_id, seq, kind, entry_id, application_id, queue_number, channel, applied_at, phase,
                                         sealed_needs, at)
                values ('%s', %d, 'ENTERED', '%s', '%s', %d, 'ORDINARY', '2026-01-01 00:00+08', 'WAITING', '\\x00', '%s 00:00+08')
                """.formatted(scene.home, number, entry, application, number, day));
    }

    @Test
    void countsTheDaysInThisQueueOnly() {
        cameOn(1, "2026-01-01");
        cameOn(2, "2026-06-21");
        Flow flow = flows.until(UUID.fromString(scene.home), Channel.ORDINARY, LocalDate.of(2026, 7, 1), 30).block();
        assertThat(flow.personDays()).as("30 days of the one, 10 of the other who came instead of a closed home's")
                .isEqualTo(40.0);
    }
}
