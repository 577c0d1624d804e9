package cn.cityapis.eldercare.rulebook;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The dated options of the books, and those that are proposed. That two are needed is a constraint of the table. */
@Repository
class OptionProposals {

    private static final String COLUMNS = """
            select id, version, rule_book_id, valid_from, options::text as options, decided_on, basis, state, proposed_by,
                   proposed_at, closed_by, closed_at
            from rule_option_proposal
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    OptionProposals(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** The days from which options of a book hold, or would if what is proposed is approved. */
    Mono<Set<LocalDate>> taken(String book) {
        return database.sql("""
                select valid_from from rule_option where rule_book_id = :book
                union select valid_from from rule_option_proposal where rule_book_id = :book and state = 'PROPOSED'
                """).bind("book", book).mapValue(LocalDate.class).all().collectList().map(HashSet::new);
    }

    /** The options of a book with the day from which each holds, the latest first. */
    Mono<List<DatedOptions>> of(String book) {
        return database.sql("""
                select valid_from, (defaults || options)::text as options
                from rule_option where rule_book_id = :book order by valid_from desc
                """)
                .bind("book", book)
                .map(row -> new DatedOptions(row.get("valid_from", LocalDate.class), options(row)))
                .all()
                .collectList();
    }

    /** Checked before. */
    Mono<Void> insert(UUID id, OptionRequest asked, Caller by) {
        return database.sql("""
                insert into rule_option_proposal (id, version, rule_book_id, valid_from, options, decided_on, basis, state,
                                                  proposed_by, proposed_org, proposed_at)
                values (:id, 1, :book, :from, :options, :decidedOn, :basis, 'PROPOSED', :by, :org, :now)
                """)
                .bind("id", id)
                .bind("book", Objects.requireNonNull(asked.ruleBookId()))
                .bind("from", Objects.requireNonNull(asked.validFrom()))
                .bind("options", Json.of(json.writeValueAsString(Objects.requireNonNull(asked.options()).whole())))
                .bind("decidedOn", Objects.requireNonNull(asked.decidedOn()))
                .bind("basis", Objects.requireNonNull(asked.basis()).strip())
                .bind("by", by.subject())
                .bind("org", Parameter.fromOrEmpty(by.org(), String.class))
                .bind("now", clock.instant())
                .then();
    }

    /** 404 if there is none. */
    Mono<OptionProposal> get(UUID id) {
        return one(COLUMNS + "where id = :id", id);
    }

    Mono<OptionProposal> lock(UUID id) {
        return one(COLUMNS + "where id = :id for update", id);
    }

    private Mono<OptionProposal> one(String sql, UUID id) {
        return database.sql(sql).bind("id", id).map(this::read).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    /** The latest first. */
    Mono<List<OptionProposal>> list(@Nullable UUID before, int rows) {
        return database
                .sql(COLUMNS + "where (:before::uuid is null or id < :before::uuid) order by id desc limit :rows")
                .bind("before", Parameter.fromOrEmpty(before, UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** The caller holds it. 409 if it is approved by whoever proposed it. */
    Mono<Void> close(OptionProposal proposal, OptionProposal.State state, Caller by) {
        return database.sql("""
                update rule_option_proposal set state = :state, closed_by = :by, closed_at = :now, version = version + 1
                where id = :id
                """)
                .bind("state", state.name())
                .bind("by", by.subject())
                .bind("now", clock.instant())
                .bind("id", proposal.id())
                .then()
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> String.valueOf(e.getMessage()).contains("rule_option_four_eyes")
                                ? ProblemException.of(EldercareProblem.FOUR_EYES, "提出修订的人不能批准自己的修订")
                                : e);
    }

    /** From its day on; the caller holds the shelf. */
    Mono<Void> putInForce(OptionProposal proposal) {
        return database.sql("""
                insert into rule_option (rule_book_id, valid_from, options, proposal_id)
                select rule_book_id, valid_from, options, id from rule_option_proposal where id = :id
                """).bind("id", proposal.id()).then();
    }

    private OptionProposal read(Readable row) {
        return new OptionProposal(row.get("id", UUID.class), row.get("version", Long.class),
                row.get("rule_book_id", String.class), row.get("valid_from", LocalDate.class), options(row),
                row.get("decided_on", LocalDate.class), row.get("basis", String.class),
                OptionProposal.State.valueOf(row.get("state", String.class)), row.get("proposed_by", String.class),
                row.get("proposed_at", Instant.class), row.get("closed_by", String.class),
                row.get("closed_at", Instant.class));
    }

    private RuleOptions options(Readable row) {
        return json.readValue(row.get("options", String.class), RuleOptions.class);
    }
}
