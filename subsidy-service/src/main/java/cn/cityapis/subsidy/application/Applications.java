package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.subsidy.evaluation.Facts;
import io.r2dbc.postgresql.codec.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes applications. A change names the version it was made on, and finds nothing if another was faster. */
@Component
class Applications {

    private final DatabaseClient database;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final ApplicantSeal seal;
    private final JsonMapper json;
    private final Clock clock;

    Applications(DatabaseClient database, Ledger ledger, Deadlines deadlines, ApplicantSeal seal, JsonMapper json,
            Clock clock) {
        this.database = database;
        this.deadlines = deadlines;
        this.ledger = ledger;
        this.seal = seal;
        this.json = json;
        this.clock = clock;
    }

    Mono<Void> insertDraft(UUID id, String scheme, int schemeVersion, String owner, @Nullable String area,
            Applicant applicant, Facts facts, boolean demo) {
        var sql = database.sql("""
                INSERT INTO application (id, scheme_id, scheme_version, state, owner_subject, area_code, name_sealed,
                       id_number_sealed, id_number_index, phone_sealed, account_sealed, draft_facts, demo, created_at, updated_at)
                VALUES (:id, :scheme, :version, 'draft', :owner, :area, :name, :idNumber, :idIndex, :phone, :account,
                       :facts, :demo, :now, :now)
                """)
                .bind("id", id)
                .bind("scheme", scheme)
                .bind("version", schemeVersion)
                .bind("owner", owner)
                .bind("demo", demo);
        return bindContents(sql, id, area, applicant, facts).then();
    }

    /** @param anew whether somebody has decided on what is changed: then the levels look at it again */
    Mono<Void> replaceDraft(Application draft, @Nullable String area, Applicant applicant, Facts facts, boolean anew) {
        var sql = database.sql("""
                UPDATE application
                   SET area_code = :area, name_sealed = :name, id_number_sealed = :idNumber, id_number_index = :idIndex,
                       phone_sealed = :phone, account_sealed = :account, draft_facts = :facts,
                       review_anew = review_anew OR :anew, version = version + 1, updated_at = :now
                 WHERE id = :id AND version = :version AND state IN ('draft', 'supplement')
                """)
                .bind("id", draft.id())
                .bind("version", draft.version())
                .bind("anew", anew);
        return changed(bindContents(sql, draft.id(), area, applicant, facts));
    }

    private DatabaseClient.GenericExecuteSpec bindContents(DatabaseClient.GenericExecuteSpec sql, UUID id,
            @Nullable String area, Applicant applicant, Facts facts) {
        ApplicantSeal.Sealed sealed = seal.seal(id, applicant);
        return sql.bind("area", Parameter.fromOrEmpty(area, String.class))
                .bind("name", Parameter.fromOrEmpty(sealed.name(), byte[].class))
                .bind("idNumber", Parameter.fromOrEmpty(sealed.idNumber(), byte[].class))
                .bind("idIndex", Parameter.fromOrEmpty(sealed.idIndex(), byte[].class))
                .bind("phone", Parameter.fromOrEmpty(sealed.phone(), byte[].class))
                .bind("account", Parameter.fromOrEmpty(sealed.account(), byte[].class))
                .bind("facts", Json.of(json.writeValueAsString(facts.values())))
                .bind("now", OffsetDateTime.now(clock));
    }

    /** Two submissions for the same person wait for each other here; the constraints are the last guard. */
    Mono<Void> lockPerson(Application draft) {
        byte[] index = seal.index(draft.applicant());
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
                .bind("key", "subsidy-person:" + java.util.HexFormat.of().formatHex(index))
                .then();
    }

    /** The application that keeps this one out, if there is one. */
    Mono<UUID> overlapping(Application draft, Claim claim) {
        return database.sql("""
                SELECT id FROM application
                 WHERE id_number_index = :index AND scheme_id = :scheme AND id <> :id
                   AND claimed && daterange(:from, :until, '[)')
                 LIMIT 1
                """)
                .bind("index", seal.index(draft.applicant()))
                .bind("scheme", draft.scheme())
                .bind("id", draft.id())
                .bind("from", claim.from())
                .bind("until", Parameter.fromOrEmpty(claim.until(), LocalDate.class))
                .mapValue(UUID.class)
                .one();
    }

    /** Where the scheme now lets it be had again, what is over keeps nobody out any more but of its own period. */
    Mono<Void> letFollow(Application draft) {
        return database.sql("""
                UPDATE application SET had_again = true
                 WHERE id_number_index = :index AND scheme_id = :scheme AND state IN ('ended', 'clawed-back') AND NOT had_again
                """)
                .bind("index", seal.index(draft.applicant()))
                .bind("scheme", draft.scheme())
                .then();
    }

    Mono<Void> submit(Application draft, ApplicationState state, Application.Terms terms, boolean hadAgain,
            Object trace, @Nullable Deadline reviewDue) {
        return changed(database.sql("""
                UPDATE application
                   SET state = :state, case_date = :caseDate, period = daterange(:from, :until, '[)'), months = :months,
                       monthly_fen = :fen, ceiling_fen = :ceiling, decision_trace = :trace,
                       scheme_version = :schemeVersion, had_again = :hadAgain,
                       review_due = CASE WHEN review_anew THEN :due ELSE coalesce(review_due, :due) END,
                       review_provisional = CASE WHEN review_anew THEN :provisional
                                                 ELSE coalesce(review_provisional, :provisional) END,
                       review_round = review_round + review_anew::int, review_anew = false,
                       submitted_at = coalesce(submitted_at, :now), updated_at = :now, version = version + 1
                 WHERE id = :id AND version = :version AND state IN ('draft', 'supplement')
                """)
                .bind("state", state.code())
                .bind("caseDate", terms.caseDate())
                .bind("from", terms.first().atDay(1))
                .bind("until", terms.last().plusMonths(1).atDay(1))
                .bind("months", terms.months())
                .bind("fen", terms.monthlyFen())
                .bind("ceiling", Parameter.fromOrEmpty(terms.ceilingFen(), Long.class))
                .bind("schemeVersion", draft.schemeVersion())
                .bind("hadAgain", hadAgain)
                .bind("trace", Json.of(json.writeValueAsString(trace)))
                .bind("due", Parameter.fromOrEmpty(reviewDue == null ? null : reviewDue.lastDay(), LocalDate.class))
                .bind("provisional",
                        Parameter.fromOrEmpty(reviewDue == null ? null : reviewDue.provisional(), Boolean.class))
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", draft.id())
                .bind("version", draft.version())).then(Mono.defer(() -> deadlines.follow(draft, state)));
    }

    Mono<Void> addFacts(UUID application, LocalDate from, Facts facts, String by) {
        return database.sql("""
                INSERT INTO application_facts (application_id, valid_from, facts, recorded_by, recorded_at)
                VALUES (:id, :from, :facts, :by, :now)
                """)
                .bind("id", application)
                .bind("from", from)
                .bind("facts", Json.of(json.writeValueAsString(facts.values())))
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Void> addReview(Application application, Review review, String reviewer) {
        return database.sql("""
                INSERT INTO review (id, application_id, applicant_subject, level, round, decision, reviewer_subject,
                       reviewer_org,
                       reasons, comment, amount_fen, amount_reason, decided_at)
                VALUES (:id, :application, :applicant, :level, :round, :decision, :reviewer, :org, :reasons, :comment, :amount,
                       :amountReason, :at)
                """)
                .bind("id", review.id())
                .bind("application", application.id())
                .bind("applicant", application.owner())
                .bind("level", review.level().name().toLowerCase(Locale.ROOT))
                .bind("round", review.round())
                .bind("decision", review.decision().name().toLowerCase(Locale.ROOT))
                .bind("reviewer", reviewer)
                .bind("org", review.reviewerOrg())
                .bind("reasons", Json.of(json.writeValueAsString(review.reasons())))
                .bind("comment", review.comment())
                .bind("amount", Parameter.fromOrEmpty(review.amountFen(), Long.class))
                .bind("amountReason", Parameter.fromOrEmpty(review.amountReason(), String.class))
                .bind("at", review.decidedAt())
                .then();
    }

    Mono<Void> move(Application application, ApplicationState state, @Nullable NoticePeriod notice) {
        boolean approved = state == ApplicationState.AWAITING_FUNDS || state == ApplicationState.PUBLIC_NOTICE;
        return changed(database.sql("""
                UPDATE application
                   SET state = :state,
                       approved_at = CASE WHEN :approved THEN coalesce(approved_at, :now) ELSE approved_at END,
                       updated_at = :now, version = version + 1
                 WHERE id = :id AND version = :version
                """)
                .bind("state", state.code())
                .bind("approved", approved)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application.id())
                .bind("version", application.version()))
                .then(Mono.defer(() -> notice == null ? Mono.empty() : setNotice(application.id(), notice)))
                .then(Mono.defer(() -> deadlines.follow(application, state)));
    }

    private Mono<Void> setNotice(UUID application, NoticePeriod notice) {
        return database.sql("""
                UPDATE application
                   SET notice_from = :from, notice_days = :days, notice_ends = :ends, notice_provisional = :provisional
                 WHERE id = :id
                """)
                .bind("from", notice.from())
                .bind("days", notice.days().toArray(Integer[]::new))
                .bind("ends", notice.ends().lastDay())
                .bind("provisional", notice.ends().provisional())
                .bind("id", application)
                .then();
    }

    /** The amount that an office has set; a constraint keeps it at or below the ceiling. */
    Mono<Void> setAmount(UUID application, long fen) {
        return database.sql("UPDATE application SET monthly_fen = :fen WHERE id = :id AND ceiling_fen IS NOT NULL")
                .bind("fen", fen).bind("id", application).then();
    }

    /** Extended by an objection, or counted again. */
    Mono<Void> changeNotice(Application application, NoticePeriod notice) {
        return changed(database.sql("""
                UPDATE application SET updated_at = :now, version = version + 1
                 WHERE id = :id AND version = :version AND state = 'public-notice'
                """)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application.id())
                .bind("version", application.version()))
                .then(Mono.defer(() -> setNotice(application.id(), notice)));
    }

    /** Locks the row, so that facts and payments of one case are written one after the other. */
    Mono<Void> touch(Application application) {
        return changed(database.sql("""
                UPDATE application SET version = version + 1, updated_at = :now WHERE id = :id AND version = :version
                """)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application.id())
                .bind("version", application.version()));
    }

    /**
     * What an early end concerns.
     *
     * @param months that no run has taken in hand
     * @param failed what the bank gave back and is still to be retried or given up, by budget
     */
    record Unordered(int months, Map<Budget, Fen> failed) {
    }

    Mono<Unordered> unordered(Application application) {
        Mono<Integer> months = database.sql("""
                SELECT (12 * (extract(year FROM upper(period)) - extract(year FROM next_month))
                        + extract(month FROM upper(period)) - extract(month FROM next_month))::int AS months
                  FROM application WHERE id = :id AND state IN ('paying', 'suspended')
                """).bind("id", application.id()).mapValue(Integer.class).one().defaultIfEmpty(0);
        Mono<List<UUID>> failed = database
                .sql("SELECT id FROM payment_item WHERE application_id = :id AND state IN ('failed', 'held')")
                .bind("id", application.id()).mapValue(UUID.class).all().collectList();
        return months.zipWith(failed.flatMapMany(Flux::fromIterable).concatMap(ledger::inTransit)
                .reduce(Map.<Budget, Fen>of(), Applications::sum), Unordered::new);
    }

    private static Map<Budget, Fen> sum(Map<Budget, Fen> one, Map<Budget, Fen> other) {
        Map<Budget, Fen> sum = new HashMap<>(one);
        other.forEach((budget, fen) -> sum.merge(budget, fen, Fen::plus));
        return sum;
    }

    /** Nothing more is due from here on. */
    Mono<Void> end(Application application, ApplicationState state) {
        return changed(database.sql("""
                UPDATE application SET state = :state, next_month = NULL, updated_at = :now, version = version + 1
                 WHERE id = :id AND version = :version
                """)
                .bind("state", state.code())
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application.id())
                .bind("version", application.version())).then(Mono.defer(() -> deadlines.follow(application, state)));
    }

    /** A day that may still be a day off ends no notice. */
    Mono<List<UUID>> noticesOver(LocalDate today) {
        return database.sql("""
                SELECT id FROM application a
                 WHERE state = 'public-notice' AND notice_ends < :today AND NOT notice_provisional
                   AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.application_id = a.id AND o.decision IS NULL)
                 ORDER BY approved_at, id LIMIT 200
                """)
                .bind("today", today)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Notices whose end can be counted for certain now. */
    Mono<List<UUID>> noticesToRecount(LocalDate announced, UUID after, int rows) {
        return database.sql("""
                SELECT id FROM application
                 WHERE state = 'public-notice' AND notice_provisional AND notice_ends <= :announced AND id > :after
                 ORDER BY id LIMIT :rows
                """)
                .bind("announced", announced)
                .bind("after", after)
                .bind("rows", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private static Mono<Void> changed(DatabaseClient.GenericExecuteSpec update) {
        return update.fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }
}
