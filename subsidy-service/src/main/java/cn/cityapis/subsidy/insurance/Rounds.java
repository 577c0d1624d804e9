package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The year's rounds, and the figures of the law for them. */
@Component
class Rounds {

    private static final String SELECT = """
            SELECT id, year, lead_org, lead_name, lead_percent, account_sealed, opens, closes, filing_due, filing_provisional,
                   account_confirmed_by IS NOT NULL AS account_confirmed
              FROM insurance_round
            """;
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Clock clock;

    Rounds(DatabaseClient database, FieldCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Empty outside of the time in which the law is in force. */
    Mono<FilingRules.Figures> figures(LocalDate on) {
        return database.sql("""
                SELECT valid_until, first_month, filing_working_days, preliminary_working_days, least_lead_percent
                  FROM insurance_rule WHERE valid_from <= :day AND valid_until >= :day
                """)
                .bind("day", on)
                .map(row -> new FilingRules.Figures(row.get("valid_until", LocalDate.class),
                        row.get("first_month", Integer.class), row.get("filing_working_days", Integer.class),
                        row.get("preliminary_working_days", Integer.class),
                        row.get("least_lead_percent", Integer.class)))
                .one();
    }

    Mono<Void> insert(Filing.Round round, String by) {
        return database.sql("""
                INSERT INTO insurance_round (id, year, lead_org, lead_name, lead_percent, account_sealed, opens, closes,
                       filing_due, filing_provisional, created_by, created_at)
                VALUES (:id, :year, :org, :name, :percent, :account, :opens, :closes, :due, :provisional, :by, :now)
                """)
                .bind("id", round.id())
                .bind("year", round.year())
                .bind("org", round.leadOrg())
                .bind("name", round.leadName())
                .bind("percent", round.leadPercent())
                .bind("account", cipher.encrypt("insurance_round", "account", round.id(), round.account()))
                .bind("opens", round.opens())
                .bind("closes", round.closes())
                .bind("due", round.filingDue().lastDay())
                .bind("provisional", round.filingDue().provisional())
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** @throws ProblemException 404 */
    Mono<Filing.Round> get(UUID id) {
        return database.sql(SELECT + " WHERE id = :id").bind("id", id).map(this::round).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这次集中投保")));
    }

    /** Its account stays as it is until the transaction ends. */
    Mono<Filing.Round> hold(UUID id) {
        return database.sql(SELECT + " WHERE id = :id FOR SHARE").bind("id", id).map(this::round).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这次集中投保")));
    }

    /** Another account, which another has to confirm. */
    Mono<Void> correctAccount(UUID id, String account, String by) {
        return database.sql("""
                UPDATE insurance_round
                   SET account_sealed = :account, account_entered_by = :by, account_confirmed_by = NULL,
                       account_confirmed_at = NULL
                 WHERE id = :id
                """)
                .bind("account", cipher.encrypt("insurance_round", "account", id, account))
                .bind("by", by)
                .bind("id", id)
                .then();
    }

    /** A constraint refuses who has entered it. */
    Mono<Void> confirmAccount(UUID id, String by) {
        return database.sql("""
                UPDATE insurance_round SET account_confirmed_by = :by, account_confirmed_at = :now
                 WHERE id = :id AND account_confirmed_by IS NULL
                """)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", id)
                .then();
    }

    Mono<List<Filing.Round>> all() {
        return database.sql(SELECT + " ORDER BY year LIMIT 100").map(this::round).all().collectList();
    }

    String account(UUID round, byte[] sealed) {
        return cipher.decrypt("insurance_round", "account", round, sealed);
    }

    private Filing.Round round(io.r2dbc.spi.Readable row) {
        UUID id = row.get("id", UUID.class);
        return new Filing.Round(id, row.get("year", Integer.class), row.get("lead_org", String.class),
                row.get("lead_name", String.class), row.get("lead_percent", Integer.class),
                row.get("opens", LocalDate.class), row.get("closes", LocalDate.class),
                new Deadline(row.get("filing_due", LocalDate.class), row.get("filing_provisional", Boolean.class)),
                account(id, row.get("account_sealed", byte[].class)), row.get("account_confirmed", Boolean.class));
    }
}
