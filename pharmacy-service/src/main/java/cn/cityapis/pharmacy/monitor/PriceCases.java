package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.institution.Seller;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reviews of red prices, in the database. */
@Repository
class PriceCases {

    private static final String SEEN_BY = """
            SELECT k.id, k.state, k.institution_id, i.name, k.drug_id, d.generic_name, k.retail_price_fen,
                   k.procured_fen, k.median_fen, k.before_fen, s.retail_price_fen AS current_fen, k.opened_at, k.answer,
                   k.answered_at, k.outcome, k.closing_note, k.closed_at, k.version
              FROM price_case k
              JOIN institution i ON i.id = k.institution_id
              JOIN drug d ON d.id = k.drug_id
              JOIN stock s ON s.institution_id = k.institution_id AND s.drug_id = k.drug_id
             WHERE starts_with(i.area_code, :area) AND (:chain IS NULL OR i.chain_id = :chain)
               AND (:place IS NULL OR i.id = :place)
            """;

    private final DatabaseClient database;

    PriceCases(DatabaseClient database) {
        this.database = database;
    }

    /** Whose cases somebody sees: those of an area, those of his own stores, or his own. */
    record Viewer(String area, @Nullable UUID chain, @Nullable UUID place) {

        /** The codes of the towns of a district begin with the code of the district; the city sees all. */
        static Viewer office(Caller caller) {
            if (caller.hasRole("city") || caller.hasRole("admin") || caller.hasRole("auditor")) {
                return new Viewer("", null, null);
            }
            String org = caller.org();
            if (org == null || !org.matches("\\d{6}")) {
                throw ProblemException.of(CommonProblem.FORBIDDEN, "登录凭证没有注明区县");
            }
            return new Viewer(org, null, null);
        }

        static Viewer seller(Seller seller) {
            return switch (seller) {
                case Party.Chain(UUID chain) -> new Viewer("", chain, null);
                case Seller.Place(UUID place) -> new Viewer("", null, place);
            };
        }
    }

    /**
     * Opens a case for each price whose seller has none open for the medicine; answers the new ones. What the office has
     * looked at is not asked again: a price that is no higher than the one that was last explained or referred, of a
     * medicine whose procured price has not fallen since.
     */
    Flux<UUID> open(List<UUID> ids, List<PriceMonitor.Judged> red, Instant at) {
        return database.sql("""
                INSERT INTO price_case (id, institution_id, drug_id, state, retail_price_fen, procured_fen, median_fen,
                                        before_fen, opened_at)
                SELECT r.id, r.pharmacy_id, r.drug_id, 'open', r.retail, r.procured, r.median, r.before, :at
                  FROM unnest(:ids, :pharmacies, :drugs, :retail, :procured, :medians, :befores)
                       AS r (id, pharmacy_id, drug_id, retail, procured, median, before)
                 WHERE NOT coalesce((SELECT k.outcome IN ('explained', 'referred') AND k.retail_price_fen >= r.retail
                                            AND k.procured_fen <= r.procured
                                       FROM price_case k
                                      WHERE k.institution_id = r.pharmacy_id AND k.drug_id = r.drug_id
                                        AND k.state = 'closed'
                                      ORDER BY k.closed_at DESC, k.id DESC LIMIT 1), false)
                ON CONFLICT (institution_id, drug_id) WHERE state <> 'closed' DO NOTHING
                RETURNING id
                """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("pharmacies", red.stream().map(j -> j.reported().pharmacyId()).toArray(UUID[]::new))
                .bind("drugs", red.stream().map(j -> j.reported().drugId()).toArray(UUID[]::new))
                .bind("retail", red.stream().map(j -> j.reported().retail().amount()).toArray(Long[]::new))
                .bind("procured", red.stream().map(j -> j.procured().amount()).toArray(Long[]::new))
                .bind("medians", red.stream().map(j -> amount(j.median())).toArray(Long[]::new))
                .bind("befores", red.stream().map(j -> amount(j.before())).toArray(Long[]::new))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map(row -> row.get("id", UUID.class))
                .all();
    }

    private static @Nullable Long amount(@Nullable Fen fen) {
        return fen == null ? null : fen.amount();
    }

    /** The newest first. */
    Flux<PriceCase> list(Viewer viewer, UUID before, int rows) {
        return seenBy(viewer, " AND k.id < :before ORDER BY k.id DESC LIMIT :rows")
                .bind("before", before)
                .bind("rows", rows)
                .map(PriceCases::read)
                .all();
    }

    Mono<PriceCase> find(Viewer viewer, UUID id) {
        return seenBy(viewer, " AND k.id = :id").bind("id", id).map(PriceCases::read).one();
    }

    /** The same, holding its row until the transaction ends. */
    Mono<PriceCase> lock(Viewer viewer, UUID id) {
        return seenBy(viewer, " AND k.id = :id FOR UPDATE OF k").bind("id", id).map(PriceCases::read).one();
    }

    private DatabaseClient.GenericExecuteSpec seenBy(Viewer viewer, String rest) {
        return database.sql(SEEN_BY + rest)
                .bind("area", viewer.area())
                .bind("chain", orNull(viewer.chain()))
                .bind("place", orNull(viewer.place()));
    }

    private static Parameter orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }

    Mono<Void> answer(UUID id, String answer, String by, Instant at) {
        return database.sql("""
                UPDATE price_case SET state = 'answered', answer = :answer, answered_by = :by, answered_at = :at,
                       version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("answer", answer)
                .bind("by", by)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then();
    }

    Mono<Void> close(UUID id, String outcome, String note, String by, Instant at) {
        return database.sql("""
                UPDATE price_case SET state = 'closed', outcome = :outcome, closing_note = :note, closed_by = :by,
                       closed_at = :at, version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("outcome", outcome)
                .bind("note", note)
                .bind("by", by)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then();
    }

    private static PriceCase read(Readable row) {
        return new PriceCase(row.get("id", UUID.class), row.get("state", String.class),
                row.get("institution_id", UUID.class), row.get("name", String.class), row.get("drug_id", UUID.class),
                row.get("generic_name", String.class), new Fen(row.get("retail_price_fen", Long.class)),
                new Fen(row.get("procured_fen", Long.class)), fen(row, "median_fen"), fen(row, "before_fen"),
                new Fen(row.get("current_fen", Long.class)), row.get("opened_at", OffsetDateTime.class),
                row.get("answer", String.class), row.get("answered_at", OffsetDateTime.class),
                row.get("outcome", String.class), row.get("closing_note", String.class),
                row.get("closed_at", OffsetDateTime.class), row.get("version", Long.class));
    }

    private static @Nullable Fen fen(Readable row, String column) {
        Long amount = row.get(column, Long.class);
        return amount == null ? null : new Fen(amount);
    }
}
