package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Mono;

/** Positions from counters are what a plain count gives, at every moment. */
@ServiceTest(properties = "demo.data=true")
class PositionStoreTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 4);
    private static final Instant NOON = Instant.parse("2024-03-04T04:00:00Z");

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Waitlist waitlist;

    @Autowired
    private Positions positions;

    @Autowired
    private TransactionalOperator transaction;

    @Autowired
    private ReactiveTransactionManager transactions;

    private UUID home;

    @BeforeEach
    void aHomeOfItsOwn() {
        home = UUID.randomUUID();
        database.sql("""
                insert into home select (jsonb_populate_record(h, jsonb_build_object('id', :id::text, 'code', :id::text,
                    'next_queue_number', 1, 'last_event_seq', 0))).* from home h where h.id = :like::uuid
                """).bind("id", home.toString()).bind("like", Walk.HOME_1).then().block();
    }

    /** How the times of application lie. */
    enum Times {
        OVER_YEARS {
            @Override
            Instant pick(Random random) {
                return NOON.minusSeconds(random.nextInt(3 * 365 * 86_400));
            }
        },
        ON_ONE_DAY {
            @Override
            Instant pick(Random random) {
                return NOON.plusNanos(random.nextLong(86_400_000_000L) * 1000);
            }
        },
        AT_FEW_INSTANTS {
            @Override
            Instant pick(Random random) {
                return NOON.plusSeconds(random.nextInt(3) - 1L);
            }
        },
        AROUND_1970 {
            @Override
            Instant pick(Random random) {
                return Instant.EPOCH.plusSeconds(random.nextInt(2_000_000) - 1_000_000L);
            }
        };

        abstract Instant pick(Random random);
    }

    @ParameterizedTest
    @EnumSource
    void equalsThePlainCountWhileEverythingChanges(Times times) throws Exception {
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 6; worker++) {
            Random random = new Random(worker);
            workers.add(() -> change(times, random, 60));
        }
        for (int reader = 0; reader < 2; reader++) {
            Random random = new Random(100 + reader);
            workers.add(() -> compare(random, 60));
        }
        int compared = 0;
        try (var threads = Executors.newFixedThreadPool(workers.size())) {
            for (Future<Integer> done : threads.invokeAll(workers)) {
                compared += done.get();
            }
        }
        assertThat(compared).isGreaterThan(20);
        List<Entry> queue = waitlist.inOrder(home, null, 10_000).block();
        assertThat(queue).hasSizeGreaterThan(50);
        for (int i = 0; i < queue.size(); i++) {
            assertThat(position(queue.get(i)).block().inQueue()).isEqualTo(i + 1);
        }
        assertThat(waitlist.counts(List.of(home)).block().get(home).values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(queue.size());
    }

    private int change(Times times, Random random, int operations) {
        List<UUID> mine = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            Channel channel = Channel.values()[random.nextInt(3)];
            Mono<Void> change;
            if (mine.size() < 8 || random.nextInt(10) < 5) {
                UUID entry = UUID.randomUUID();
                mine.add(entry);
                change = application().flatMap(application -> waitlist.join(new Entry(entry, application, home, 0,
                        channel, times.pick(random), Entry.Phase.PROVISIONAL, "张*", NEEDS, null)));
            } else if (random.nextBoolean()) {
                change = waitlist.end(mine.remove(random.nextInt(mine.size())), EndReason.WITHDRAWN, NOON);
            } else {
                change = waitlist.refile(mine.get(random.nextInt(mine.size())), channel, Entry.Phase.WAITING, NEEDS);
            }
            boolean undone = random.nextInt(10) == 0;
            lock().then(change).then(undone ? Mono.<Void>error(new Undone()) : Mono.empty())
                    .as(transaction::transactional).onErrorComplete(Undone.class).block();
        }
        return 0;
    }

    private static final Needs NEEDS = new Needs(null, Needs.Sex.MALE, Set.of());

    private static final class Undone extends RuntimeException {
    }

    private Mono<Object> lock() {
        return database.sql("select 1 from home where id = :id for no key update").bind("id", home)
                .map((Readable row) -> (Object) row).one();
    }

    private Mono<UUID> application() {
        UUID id = UUID.randomUUID();
        return database.sql("""
                insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                values (:id, 'nobody', 'DRAFT', '{}', false, '2023-17', '\\x00', now())
                """).bind("id", id).then().thenReturn(id);
    }

    private int compare(Random random, int times) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        TransactionalOperator snapshot = TransactionalOperator.create(transactions, definition);
        int compared = 0;
        for (int i = 0; i < times; i++) {
            Boolean equal = waitlist.inOrder(home, null, 10_000)
                    .filter(queue -> !queue.isEmpty())
                    .flatMap(queue -> {
                        int at = random.nextInt(queue.size());
                        return Mono.zip(position(queue.get(at)), plain(queue.get(at)))
                                .map(both -> both.getT1().inQueue() == at + 1
                                        && both.getT1().inChannel() == both.getT2());
                    }).as(snapshot::transactional).block();
            if (equal != null) {
                assertThat(equal).isTrue();
                compared++;
            }
        }
        return compared;
    }

    private Mono<Position> position(Entry entry) {
        return positions.of(entry.applicationId(), DAY, DAY).map(found -> found.getFirst().position());
    }

    private Mono<Long> plain(Entry entry) {
        return database.sql("""
                select count(*) from queue_entry where home_id = :home and ended_at is null and channel = :channel
                    and (applied_at, id) <= (:at, :id)
                """).bind("home", home).bind("channel", entry.channel().name()).bind("at", entry.appliedAt())
                .bind("id", entry.id()).mapValue(Long.class).one();
    }

    /** Never more than 64 counters of a grain are added up, however long the queue. */
    @Test
    void readsFewPagesOfALongQueue() {
        fill(10_000, Duration.ofDays(1));
        database.sql("analyze queue_entry, queue_count").then().block();
        String last = database.sql("select application_id::text from queue_entry where home_id = :home "
                + "order by channel_rank desc, applied_at desc, id desc limit 1").bind("home", home)
                .mapValue(String.class).one().block();
        String plan = database.sql("explain (analyze, buffers, format json) "
                + Positions.SQL.replace(":application", "'" + last + "'").replace(":from", "'2024-03-04'")
                        .replace(":to", "'2024-03-04'"))
                .mapValue(String.class).one().block();
        int pages = tools.jackson.databind.json.JsonMapper.builder().build().readTree(plan)
                .at("/0/Plan/Shared Hit Blocks").asInt();
        assertThat(pages).as(plan).isBetween(1, 300);
        assertThat(waitlist.counts(List.of(home)).block().get(home).get(Channel.ORDINARY)).isEqualTo(10_000);
    }

    /** An offer that looks on reads no place a second time. */
    @Test
    void theNextPlacesBeginInTheIndex() {
        fill(5_000, Duration.ofDays(1));
        database.sql("analyze queue_entry").then().block();
        String from = database.sql("select applied_at::text from queue_entry where home_id = :home "
                + "order by channel_rank, applied_at, id offset 4500 limit 1").bind("home", home)
                .mapValue(String.class).one().block();
        String plan = database.sql("explain (analyze, buffers, format json) " + Waitlist.NEXT
                .replace(":home", "'" + home + "'").replace(":rank", "3::smallint")
                .replace(":at", "timestamptz '" + from + "'")
                .replace(":id", "'" + new UUID(0, 0) + "'").replace(":rows", "192")).mapValue(String.class).one()
                .block();
        assertThat(plan).contains("queue_entry_order").doesNotContain("\"Sort\"")
                .doesNotContain("Rows Removed by Filter");
        assertThat(tools.jackson.databind.json.JsonMapper.builder().build().readTree(plan)
                .at("/0/Plan/Shared Hit Blocks").asInt()).as(plan).isBetween(1, 400);
    }

    private void fill(int entries, Duration within) {
        database.sql("""
                with a as (
                    insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                    select gen_random_uuid(), 'nobody', 'DRAFT', '{}', false, '2023-17', '\\x00', now()
                    from generate_series(1, :n) returning id)
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs)
                select gen_random_uuid(), id, :home, row_number() over (), 'ORDINARY', 3,
                       :noon + random() * :seconds * interval '1 second', 'WAITING', '张*', '\\x00' from a
                """).bind("n", entries).bind("home", home).bind("noon", NOON).bind("seconds", within.toSeconds())
                .then().block();
    }
}
