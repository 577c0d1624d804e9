package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.catalogue.CitySettings;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.time.Deadline;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Warns of unpaid settlements once in each stage: soon due, overdue, a week overdue, a month overdue. */
@Component
class WatchSettlements {

    private static final int AT_ONCE = 200;
    private static final int SOON_DAYS = 5;

    private final DatabaseClient database;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final CitySettings city;
    private final Clock clock;

    WatchSettlements(DatabaseClient database, Notices notices, Outbox outbox, JobLock lock,
            TransactionalOperator transaction, CitySettings city, Clock clock) {
        this.database = database;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.city = city;
        this.clock = clock;
    }

    private record Unpaid(UUID id, String buyer, String supplier, Deadline due, int warned) {
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.settlements-every:PT1M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.watch-settlements", () -> sweep().thenReturn(true)).then();
    }

    /** Goes on until nothing is left to be warned of; each batch is a transaction of its own. */
    Mono<Integer> sweep() {
        return batch().expand(count -> count == AT_ONCE ? batch() : Mono.empty()).reduce(0, Integer::sum);
    }

    /** Safe in any number of processes at once: a row that another holds is left to it. */
    private Mono<Integer> batch() {
        LocalDate today = LocalDate.now(clock);
        return unpaid(today)
                .flatMap(found -> Flux.fromIterable(found).concatMap(each -> warn(each, today)).then()
                        .thenReturn(found.size()))
                .as(transaction::transactional);
    }

    /** Those whose stage of today is higher than what was warned of. */
    private Mono<List<Unpaid>> unpaid(LocalDate today) {
        return database.sql("""
                SELECT s.id, c.org AS buyer, u.org AS supplier, s.due_on, s.provisional, w.stage
                  FROM settlement s
                  JOIN chain c ON c.id = s.chain_id
                  JOIN supplier u ON u.id = s.supplier_id
                 CROSS JOIN LATERAL (SELECT coalesce(max(stage), -1)::int AS stage FROM settlement_warning
                                      WHERE settlement_id = s.id) w
                 WHERE s.state = 'due' AND s.amount_fen - s.credited_fen > coalesce(s.paid_fen, 0) - s.refunded_fen
                   AND s.due_on <= :soon
                   AND w.stage < CASE WHEN :today <= s.due_on OR s.provisional THEN 0 WHEN :today < s.due_on + 7 THEN 1
                                      WHEN :today < s.due_on + 30 THEN 2 ELSE 3 END
                   AND (:today <= s.due_on OR NOT s.provisional)
                 ORDER BY s.due_on, s.id
                 LIMIT 200
                   FOR NO KEY UPDATE OF s SKIP LOCKED
                """)
                .bind("today", today)
                .bind("soon", today.plusDays(SOON_DAYS))
                .map(row -> new Unpaid(row.get("id", UUID.class), row.get("buyer", String.class),
                        row.get("supplier", String.class),
                        new Deadline(row.get("due_on", LocalDate.class), row.get("provisional", Boolean.class)),
                        row.get("stage", Integer.class)))
                .all()
                .collectList();
    }

    private Mono<Void> warn(Unpaid unpaid, LocalDate today) {
        return SettlementRules.stage(unpaid.due(), today).filter(stage -> stage.ordinal() > unpaid.warned())
                .map(stage -> warn(unpaid, stage, today)).orElseGet(Mono::empty);
    }

    private Mono<Void> warn(Unpaid unpaid, SettlementRules.Stage stage, LocalDate today) {
        int days = SettlementRules.overdueDays(unpaid.due().lastDay(), today);
        String text = "结算单最迟付款日为 " + unpaid.due().lastDay() + "，" + stage.text()
                + (days > 0 ? "，逾期 " + days + " 天" : "");
        String about = "settlements/" + unpaid.id();
        Mono<Void> told = notices.send(new Notice(unpaid.buyer(), "settlement-" + code(stage), text, about));
        return note(unpaid.id(), stage, today).flatMap(fresh -> told.then(stage == SettlementRules.Stage.DUE_SOON
                ? Mono.empty()
                : Flux.just(unpaid.supplier(), city.code())
                        .concatMap(to -> notices.send(new Notice(to, "settlement-" + code(stage), text, about)))
                        .then(outbox.publish("pharmacy.settlement.overdue", about,
                                Map.of("settlementId", unpaid.id(), "overdueDays", days)))));
    }

    /** Empty if somebody else has just warned of it. */
    private Mono<Boolean> note(UUID id, SettlementRules.Stage stage, LocalDate today) {
        return database.sql("""
                INSERT INTO settlement_warning (settlement_id, stage, warned_on) VALUES (:id, :stage, :on)
                ON CONFLICT DO NOTHING RETURNING true AS noted
                """)
                .bind("id", id)
                .bind("stage", (short) stage.ordinal())
                .bind("on", today)
                .map(row -> row.get("noted", Boolean.class))
                .one();
    }

    private static String code(SettlementRules.Stage stage) {
        return stage == SettlementRules.Stage.DUE_SOON ? "due-soon" : "overdue";
    }
}
