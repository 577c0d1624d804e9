package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.application.ApplicationState;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Months that were ordered and have not gone to the bank. */
@Component
class OrderedMonths {

    private static final String SELECT = """
            SELECT i.id AS item, i.attempt, a.state, a.id, a.scheme_id, a.scheme_version, a.owner_subject, a.area_code,
                   i.month AS next_month, i.amount_fen AS monthly_fen, a.budget_year, a.case_date
              FROM payment_item i JOIN application a ON a.id = i.application_id
            """;
    private final DatabaseClient database;

    OrderedMonths(DatabaseClient database) {
        this.database = database;
    }

    /** Those in a run, whose lock the caller holds; whoever changes one of their cases waits, in one order for all. */
    Mono<List<OrderedMonth>> lockOf(UUID run) {
        return list(database.sql(SELECT + """
                 WHERE i.run_id = :run AND i.state = 'pending' ORDER BY a.id, i.month FOR NO KEY UPDATE OF a
                """).bind("run", run));
    }

    /** Taken out of a file because their cases were suspended, which they are no more; oldest first. */
    Mono<List<OrderedMonth>> toDecide(UUID after, int rows) {
        return list(database.sql(SELECT + """
                 WHERE i.state = 'held' AND a.state <> 'suspended' AND i.id > :after ORDER BY i.id LIMIT :limit
                """).bind("after", after).bind("limit", rows));
    }

    /** Empty if it is not held any more. */
    Mono<OrderedMonth> lockHeld(UUID item) {
        return database.sql(SELECT + " WHERE i.id = :item AND i.state = 'held' FOR NO KEY UPDATE OF a, i")
                .bind("item", item).map(OrderedMonths::ordered).one();
    }

    private static Mono<List<OrderedMonth>> list(DatabaseClient.GenericExecuteSpec sql) {
        return sql.map(OrderedMonths::ordered).all().collectList();
    }

    private static OrderedMonth ordered(Readable row) {
        return new OrderedMonth(row.get("item", UUID.class), row.get("attempt", Integer.class),
                ApplicationState.of(row.get("state", String.class)), Payments.dueRow(row));
    }
}
