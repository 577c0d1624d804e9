package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The proposed versions. */
@Component
class Proposals {

    private static final String SELECT = """
            SELECT id, version, scheme_id, scheme_version, effective_from, reason, state, proposed_by, proposed_at,
                   decided_at, impact_state, impact_cases, impact_gains, impact_loses
              FROM scheme_proposal
            """;

    private final DatabaseClient database;
    private final Clock clock;

    Proposals(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<Void> insert(UUID id, Drafted draft, LocalDate effectiveFrom, String reason, String by) {
        return database.sql("""
                INSERT INTO scheme_proposal (id, scheme_id, scheme_version, document, effective_from, reason, state,
                                             proposed_by, proposed_at)
                VALUES (:id, :scheme, :version, :document, :from, :reason, 'proposed', :by, :now)
                """)
                .bind("id", id)
                .bind("scheme", draft.scheme().scheme().id())
                .bind("version", draft.scheme().scheme().version())
                .bind("document", draft.document())
                .bind("from", effectiveFrom)
                .bind("reason", reason)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Proposal> get(UUID id) {
        return one(SELECT + " WHERE id = :id", id);
    }

    Mono<Proposal> lock(UUID id) {
        return one(SELECT + " WHERE id = :id FOR UPDATE", id);
    }

    private Mono<Proposal> one(String sql, UUID id) {
        return database.sql(sql).bind("id", id).map(Proposals::proposal).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这份方案修订")));
    }

    Mono<String> document(UUID id) {
        return database.sql("SELECT document FROM scheme_proposal WHERE id = :id").bind("id", id)
                .mapValue(String.class).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这份方案修订")));
    }

    Mono<String> proposer(UUID id) {
        return database.sql("SELECT proposed_by FROM scheme_proposal WHERE id = :id").bind("id", id)
                .mapValue(String.class).one();
    }

    Mono<List<Proposal>> list(PageRequest page) {
        return database.sql(SELECT + " WHERE id > :after ORDER BY id LIMIT :limit")
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(Proposals::proposal)
                .all().collectList();
    }

    Mono<Void> decide(Proposal proposal, Proposal.State state, String by) {
        return database.sql("""
                UPDATE scheme_proposal SET state = :state, decided_by = :by, decided_at = :now, version = version + 1
                 WHERE id = :id
                """)
                .bind("state", state.code())
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", proposal.id())
                .then();
    }

    private static Proposal proposal(Readable row) {
        return new Proposal(row.get("id", UUID.class), row.get("version", Long.class),
                row.get("scheme_id", String.class), row.get("scheme_version", Integer.class),
                row.get("effective_from", LocalDate.class), row.get("reason", String.class),
                Proposal.State.of(row.get("state", String.class)), row.get("proposed_at", OffsetDateTime.class),
                row.get("decided_at", OffsetDateTime.class),
                new Proposal.Impact("done".equals(row.get("impact_state", String.class)),
                        row.get("impact_cases", Long.class), row.get("impact_gains", Long.class),
                        row.get("impact_loses", Long.class)));
    }
}
