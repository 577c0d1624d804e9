package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Who draws on one of two schemes that exclude each other. Each application is held to the version it was submitted under;
 * a constraint lets only one of those live at a time whose versions were published when they were submitted.
 */
@Component
class Exclusions {

    private static final String LIVE = """
            SELECT id, scheme_id, scheme_version FROM application
             WHERE id_number_index = :index AND scheme_id <> :scheme AND id <> :id
               AND application_drawn_in(period, decision_trace) && %s AND state NOT IN ('draft', 'rejected', 'withdrawn')
             ORDER BY id
            """;
    private final DatabaseClient database;
    private final ApplicantSeal seal;
    private final SchemeCatalogue catalogue;

    Exclusions(DatabaseClient database, ApplicantSeal seal, SchemeCatalogue catalogue) {
        this.database = database;
        this.seal = seal;
        this.catalogue = catalogue;
    }

    private record Live(UUID id, String scheme, int version) {
    }

    private Scheme scheme(String id, int version) {
        return catalogue.find(id, version).orElseThrow().scheme();
    }

    /** The application under an excluded scheme that covers part of what this one is to, if there is one. */
    Mono<UUID> overlapping(Application draft, Claim claim) {
        return overlapping(draft, database.sql(LIVE.formatted("daterange(:from, :until, '[)')"))
                .bind("from", claim.from())
                .bind("until", claim.over()));
    }

    /** As {@link #overlapping(Application, Claim)}, of one that was submitted before. */
    Mono<UUID> overlapping(Application submitted) {
        return overlapping(submitted, database.sql(
                LIVE.formatted(
                        "(SELECT application_drawn_in(period, decision_trace) FROM application WHERE id = :id)")));
    }

    private Mono<UUID> overlapping(Application application, DatabaseClient.GenericExecuteSpec live) {
        Scheme scheme = scheme(application.scheme(), application.schemeVersion());
        return live.bind("index", seal.index(application.applicant()))
                .bind("scheme", application.scheme())
                .bind("id", application.id())
                .map(row -> new Live(row.get("id", UUID.class), row.get("scheme_id", String.class),
                        row.get("scheme_version", Integer.class)))
                .all()
                .collectList()
                .mapNotNull(all -> all.stream()
                        .filter(other -> ExclusionRules.exclude(scheme, scheme(other.scheme(), other.version())))
                        .map(Live::id).findFirst().orElse(null));
    }

    /** 409, naming the other one to its own applicant only: whoever typed ID numbers would learn whose it is. */
    Mono<Void> refuse(Application application, UUID other) {
        return database.sql("SELECT owner_subject = :owner AS own FROM application WHERE id = :other")
                .bind("owner", application.owner())
                .bind("other", other)
                .mapValue(Boolean.class)
                .one()
                .flatMap(own -> Mono.error(SubmitApplication.duplicate(own ? other : null)));
    }

    Mono<Void> insert(Application application, Claim claim) {
        Set<String> pairs = ExclusionRules.pairs(scheme(application.scheme(), application.schemeVersion()),
                catalogue.all().stream().map(CompiledScheme::scheme).toList());
        return database.sql("""
                INSERT INTO application_exclusion (application_id, pair, id_number_index, period)
                SELECT :id, pair, :index, daterange(:from, :until, '[)') FROM unnest(:pairs::text[]) AS pair
                ON CONFLICT (application_id, pair) DO UPDATE
                   SET live = true, period = excluded.period, id_number_index = excluded.id_number_index
                """)
                .bind("id", application.id())
                .bind("index", seal.index(application.applicant()))
                .bind("from", claim.from())
                .bind("until", claim.over())
                .bind("pairs", pairs.toArray(String[]::new))
                .then();
    }
}
