package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Verdict;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goes through the stored cases of a scheme once for each proposed version: what would it say on its first day, and what
 * would the version say that holds until then? A page of cases at a time, in one transaction: a run that is cut off begins
 * anew. What cannot be compared stays unapproved, and holds up no other.
 */
@Component
class CompareImpact {

    private static final int PAGE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String JOB = "subsidy.compare-impact";
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
    };

    private final DatabaseClient database;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final JsonMapper json;

    CompareImpact(DatabaseClient database, SchemeCatalogue catalogue, WorkingCalendar calendar, JobLock lock,
            TransactionalOperator transaction, JsonMapper json) {
        this.database = database;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.lock = lock;
        this.transaction = transaction;
        this.json = json;
    }

    private record Queued(UUID id, String scheme, String document, LocalDate effectiveFrom) {
    }

    private record Told(UUID application, @Nullable String area, String facts) {
    }

    private record Compared(Told told, Verdict before, Verdict after) {

        long difference() {
            return worth(after) - worth(before);
        }

        private static long worth(Verdict verdict) {
            return verdict.result() == TriState.YES ? verdict.fen() : -1;
        }
    }

    /** How far a run has come. */
    private record Progress(UUID last, boolean over, long cases, long gains, long loses) {

        static final Progress NONE = new Progress(BEFORE_ALL, false, 0, 0, 0);

        Progress with(List<Compared> page) {
            return new Progress(page.isEmpty() ? last : page.getLast().told().application(), page.size() < PAGE,
                    cases + page.size(), gains + page.stream().filter(one -> one.difference() > 0).count(),
                    loses + page.stream().filter(one -> one.difference() < 0).count());
        }
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run(JOB, () -> queued().flatMapMany(Flux::fromIterable).concatMapDelayError(this::compare).then());
    }

    private Mono<List<Queued>> queued() {
        return database.sql("""
                SELECT id, scheme_id, document, effective_from FROM scheme_proposal
                 WHERE impact_state = 'queued' ORDER BY proposed_at LIMIT 10
                """)
                .map(row -> new Queued(row.get("id", UUID.class), row.get("scheme_id", String.class),
                        row.get("document", String.class), row.get("effective_from", LocalDate.class)))
                .all().collectList();
    }

    private Mono<Void> compare(Queued queued) {
        CompiledScheme after = new CompiledScheme(new SchemeReader().read(queued.document()), calendar);
        CompiledScheme before = catalogue.find(queued.scheme(), queued.effectiveFrom().minusDays(1)).orElse(null);
        return Mono.just(Progress.NONE)
                .expand(so -> so.over() ? Mono.empty() : page(queued, before, after, so))
                .last()
                .flatMap(all -> done(queued.id(), all))
                .as(transaction::transactional);
    }

    private Mono<Progress> page(Queued queued, @Nullable CompiledScheme before, CompiledScheme after, Progress so) {
        return told(queued.scheme(), so.last()).publishOn(Schedulers.boundedElastic())
                .map(page -> page.stream().map(one -> compared(one, before, after, queued.effectiveFrom())).toList())
                .flatMap(page -> Flux.fromIterable(page).filter(one -> one.difference() != 0)
                        .concatMap(one -> insert(queued.id(), one)).then(Mono.just(so.with(page))));
    }

    private Compared compared(Told told, @Nullable CompiledScheme before, CompiledScheme after, LocalDate day) {
        Map<String, Object> raw = json.readValue(told.facts(), FACTS);
        Verdict now = before == null
                ? new Verdict(TriState.NO, 0, false, List.of())
                : verdict(before, raw, day);
        return new Compared(told, now, verdict(after, raw, day));
    }

    private static Verdict verdict(CompiledScheme scheme, Map<String, Object> raw, LocalDate day) {
        Map<String, Object> asked = new TreeMap<>(raw);
        asked.keySet().retainAll(scheme.scheme().facts().stream().map(fact -> fact.id()).toList());
        return scheme.verdict(new FactReader(scheme.scheme().facts()).read(asked).facts(), day);
    }

    /** Later facts change earlier ones. */
    private Mono<List<Told>> told(String scheme, UUID after) {
        return database.sql("""
                SELECT a.id, a.area_code,
                       (SELECT jsonb_object_agg(f.key, f.value ORDER BY f.valid_from, f.sequence)
                          FROM (SELECT t.valid_from, t.sequence, e.key, e.value FROM application_facts t,
                                       jsonb_each(t.facts) e WHERE t.application_id = a.id) f)::text AS facts
                  FROM application a
                 WHERE a.scheme_id = :scheme AND a.state <> 'draft' AND a.erasure_id IS NULL AND a.id > :after
                   AND EXISTS (SELECT 1 FROM application_facts t WHERE t.application_id = a.id)
                 ORDER BY a.id
                 LIMIT :page
                """)
                .bind("scheme", scheme)
                .bind("after", after)
                .bind("page", PAGE)
                .map(row -> new Told(row.get("id", UUID.class), row.get("area_code", String.class),
                        String.valueOf(row.get("facts", String.class))))
                .all().collectList();
    }

    private Mono<Void> done(UUID proposal, Progress all) {
        return database.sql("""
                UPDATE scheme_proposal SET impact_state = 'done', impact_cases = :cases, impact_gains = :gains,
                       impact_loses = :loses
                 WHERE id = :id
                """)
                .bind("cases", all.cases())
                .bind("gains", all.gains())
                .bind("loses", all.loses())
                .bind("id", proposal)
                .then();
    }

    private Mono<Void> insert(UUID proposal, Compared one) {
        return database.sql("""
                INSERT INTO scheme_impact (proposal_id, application_id, area_code, effect, before_outcome,
                                           after_outcome, before_fen, after_fen)
                VALUES (:proposal, :application, :area, :effect, :before, :after, :beforeFen, :afterFen)
                """)
                .bind("proposal", proposal)
                .bind("application", one.told().application())
                .bind("area", Parameter.fromOrEmpty(one.told().area(), String.class))
                .bind("effect", one.difference() > 0 ? "gains" : "loses")
                .bind("before", one.before().result().name().toLowerCase(Locale.ROOT))
                .bind("after", one.after().result().name().toLowerCase(Locale.ROOT))
                .bind("beforeFen", one.before().fen())
                .bind("afterFen", one.after().fen())
                .then();
    }
}
