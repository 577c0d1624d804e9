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

    /** The application under an excluded scheme that covers part of the period, if there is one. */
    Mono<UUID> overlapping(Application application, Application.Terms terms) {
        Scheme scheme = scheme(application.scheme(), application.schemeVersion());
        return database.sql("""
                SELECT id, scheme_id, scheme_version FROM application
                 WHERE id_number_index = :index AND scheme_id <> :scheme AND id <> :id
                   AND period && daterange(:from, :until, '[)') AND state NOT IN ('draft', 'rejected', 'withdrawn')
                 ORDER BY id
                """)
                .bind("index", seal.index(application.applicant()))
                .bind("scheme", application.scheme())
                .bind("id", application.id())
                .bind("from", terms.first().atDay(1))
                .bind("until", terms.last().plusMonths(1).atDay(1))
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

    Mono<Void> insert(Application application, Application.Terms terms) {
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
                .bind("from", terms.first().atDay(1))
                .bind("until", terms.last().plusMonths(1).atDay(1))
                .bind("pairs", pairs.toArray(String[]::new))
                .then();
    }
}
