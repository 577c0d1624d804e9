package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who draws on one of two schemes that exclude each other; a constraint lets only one live at a time. */
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

    private String[] pairs(Application draft) {
        Set<String> pairs = ExclusionRules.pairs(catalogue.find(draft.scheme()).orElseThrow().scheme(),
                catalogue.all().stream().map(CompiledScheme::scheme).toList());
        return pairs.toArray(String[]::new);
    }

    /** The application under an excluded scheme that covers part of the period, if there is one. */
    Mono<UUID> overlapping(Application draft, Application.Terms terms) {
        return database.sql("""
                SELECT application_id FROM application_exclusion
                 WHERE live AND pair = ANY (:pairs) AND id_number_index = :index AND application_id <> :id
                   AND period && daterange(:from, :until, '[)')
                 ORDER BY application_id LIMIT 1
                """)
                .bind("pairs", pairs(draft))
                .bind("index", seal.index(draft.applicant()))
                .bind("id", draft.id())
                .bind("from", terms.first().atDay(1))
                .bind("until", terms.last().plusMonths(1).atDay(1))
                .mapValue(UUID.class)
                .one();
    }

    Mono<Void> insert(Application draft, Application.Terms terms) {
        return database.sql("""
                INSERT INTO application_exclusion (application_id, pair, id_number_index, period)
                SELECT :id, pair, :index, daterange(:from, :until, '[)') FROM unnest(:pairs::text[]) AS pair
                ON CONFLICT (application_id, pair) DO UPDATE
                   SET live = true, period = excluded.period, id_number_index = excluded.id_number_index
                """)
                .bind("id", draft.id())
                .bind("index", seal.index(draft.applicant()))
                .bind("from", terms.first().atDay(1))
                .bind("until", terms.last().plusMonths(1).atDay(1))
                .bind("pairs", pairs(draft))
                .then();
    }
}
