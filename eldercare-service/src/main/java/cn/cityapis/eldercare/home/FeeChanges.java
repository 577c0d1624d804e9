package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** 第二十二条: fee items change from a day on that has not passed, and are announced before; what held stays known. */
@Repository
class FeeChanges {

    private final DatabaseClient database;
    private final HomeAccess access;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    FeeChanges(DatabaseClient database, HomeAccess access, Outbox outbox, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** By the home's operator; 409 if a change of that item on that day has been announced. */
    Mono<FeeChange> announce(Caller caller, UUID home, FeeChange change) {
        return access.lockOwnOpen(caller, home)
                .doOnNext(open -> requireAhead(change.from()))
                .then(insert(caller, home, change))
                .then(outbox.publish("eldercare.home.fees-changed", "homes/" + home,
                        Map.of("homeId", home, "feeChangeId", change.id(), "from", change.from())))
                .then(audit.record(caller, "home.fee-change", "home", home.toString(),
                        Map.of("feeChangeId", change.id())))
                .thenReturn(change);
    }

    private Mono<Void> insert(Caller caller, UUID home, FeeChange change) {
        return database.sql("""
                insert into home_fee_change (id, home_id, name, monthly_fen, valid_from, announced_by, announced_at)
                values (:id, :home, :name, :fen, :from, :by, :at)
                """)
                .bind("id", change.id())
                .bind("home", home)
                .bind("name", change.name())
                .bind("fen", Parameter.fromOrEmpty(change.monthlyFen(), Long.class))
                .bind("from", change.from())
                .bind("by", caller.subject())
                .bind("at", clock.instant())
                .then()
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException.of(
                        EldercareProblem.FEE_CHANGE_ANNOUNCED, change.name() + " 自 " + change.from() + " 起的变更已公示"));
    }

    /** What was charged on a day that has begun cannot be changed any more. */
    private void requireAhead(LocalDate from) {
        if (!from.isAfter(LocalDate.now(clock))) {
            new Violations().add("/from", "out-of-range", "应先公示后执行，执行日期须晚于今天（第二十二条）").throwIfAny();
        }
    }

    /** All that were ever announced, the latest to begin first. */
    Mono<List<FeeChange>> of(UUID home) {
        return database.sql("""
                select id, name, monthly_fen, valid_from from home_fee_change
                where home_id = :home order by valid_from desc, name
                """)
                .bind("home", home)
                .map(row -> new FeeChange(row.get("id", UUID.class), row.get("name", String.class),
                        row.get("monthly_fen", Long.class), row.get("valid_from", LocalDate.class)))
                .all()
                .collectList();
    }
}
