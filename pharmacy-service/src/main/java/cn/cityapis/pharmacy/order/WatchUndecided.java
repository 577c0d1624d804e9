package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.catalogue.CitySettings;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Warns buyer, supplier and office of deliveries and returns that nobody decides on, once when the term has passed, once a
 * week and once a month later. No clock of payment runs for them, and none is made to (decision 0055).
 */
@Component
class WatchUndecided {

    private static final int AT_ONCE = 200;

    private final DatabaseClient database;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final CitySettings city;
    private final Clock clock;

    WatchUndecided(DatabaseClient database, Notices notices, Outbox outbox, JobLock lock,
            TransactionalOperator transaction, CitySettings city, Clock clock) {
        this.database = database;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.city = city;
        this.clock = clock;
    }

    private record Waiting(String kind, UUID id, String buyer, String supplier, LocalDate since, LocalDate decideBy,
            short stage) {

        String text(LocalDate today) {
            long days = ChronoUnit.DAYS.between(since, today);
            return kind.equals("delivery")
                    ? "送货单应于 " + decideBy + " 前验收或拒收，送货已 " + days + " 天"
                    : "退货单应于 " + decideBy + " 前确认或拒绝，申请已 " + days + " 天";
        }
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.undecided-every:PT10M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.watch-undecided", () -> sweep().thenReturn(true)).then();
    }

    /** Goes on until nothing is left to be warned of; each batch is a transaction of its own. */
    Mono<Integer> sweep() {
        return batch().expand(count -> count == AT_ONCE ? batch() : Mono.empty()).reduce(0, Integer::sum);
    }

    private Mono<Integer> batch() {
        LocalDate today = LocalDate.now(clock);
        return waiting(today)
                .flatMap(found -> Flux.fromIterable(found).concatMap(each -> warn(each, today)).then()
                        .thenReturn(found.size()))
                .as(transaction::transactional);
    }

    private Mono<List<Waiting>> waiting(LocalDate today) {
        return database.sql("""
                SELECT w.*, c.org AS buyer, u.org AS supplier
                  FROM (SELECT *, CASE WHEN :today < decide_by + 7 THEN 0 WHEN :today < decide_by + 30 THEN 1
                                       ELSE 2 END::smallint AS stage
                          FROM undecided WHERE decide_by < :today) w
                  JOIN chain c ON c.id = w.chain_id
                  JOIN supplier u ON u.id = w.supplier_id
                 WHERE NOT EXISTS (SELECT FROM decision_warning d
                                    WHERE d.kind = w.kind AND d.waiting = w.id AND d.stage >= w.stage)
                 ORDER BY w.decide_by, w.id LIMIT 200
                """)
                .bind("today", today)
                .map(row -> new Waiting(row.get("kind", String.class), row.get("id", UUID.class),
                        row.get("buyer", String.class), row.get("supplier", String.class),
                        row.get("since", LocalDate.class), row.get("decide_by", LocalDate.class),
                        row.get("stage", Short.class)))
                .all()
                .collectList();
    }

    private Mono<Void> warn(Waiting waiting, LocalDate today) {
        boolean delivery = waiting.kind().equals("delivery");
        String about = (delivery ? "deliveries/" : "returns/") + waiting.id();
        String text = waiting.text(today);
        return note(waiting, today).flatMap(fresh -> Flux.just(waiting.buyer(), waiting.supplier(), city.code())
                .concatMap(to -> notices.send(new Notice(to, waiting.kind() + "-undecided", text, about)))
                .then(outbox.publish("pharmacy." + waiting.kind() + ".undecided", about,
                        Map.of(delivery ? "deliveryId" : "returnId", waiting.id(), "decideBy",
                                waiting.decideBy().toString()))));
    }

    /** Empty if somebody else has just warned of it. */
    private Mono<Boolean> note(Waiting waiting, LocalDate today) {
        return database.sql("""
                INSERT INTO decision_warning (kind, waiting, stage, warned_on) VALUES (:kind, :id, :stage, :on)
                ON CONFLICT DO NOTHING RETURNING true AS noted
                """)
                .bind("kind", waiting.kind())
                .bind("id", waiting.id())
                .bind("stage", waiting.stage())
                .bind("on", today)
                .map(row -> row.get("noted", Boolean.class))
                .one();
    }
}
