package cn.cityapis.pharmacy.institution;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The organisations that buy and deliver. */
@Repository
public class Parties {

    private final DatabaseClient database;

    public Parties(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The side that the caller's organisation is on.
     *
     * @throws ProblemException 403 if it has no account
     */
    public Mono<Party> of(Caller caller) {
        if (caller.hasRole("chain") || caller.hasRole("pharmacy")) {
            return buyer(caller).cast(Party.class);
        }
        if (caller.hasRole("supplier")) {
            return supplier(caller).cast(Party.class);
        }
        return caller.hasRole("city") || caller.hasRole("admin") || caller.hasRole("auditor")
                ? Mono.just(new Party.Office())
                : Mono.error(ProblemException.of(PharmacyProblem.NOT_A_PARTY));
    }

    /** Who the caller buys for: a head office, or an institution that buys for itself. */
    public Mono<Party.Chain> buyer(Caller caller) {
        return caller.hasRole("chain")
                ? chain(caller)
                : account("SELECT id FROM chain WHERE org = :org AND institution_id IS NOT NULL", caller)
                        .map(Party.Chain::new);
    }

    /** The head office of the caller. */
    public Mono<Party.Chain> chain(Caller caller) {
        return account("SELECT id FROM chain WHERE org = :org AND institution_id IS NULL", caller)
                .map(Party.Chain::new);
    }

    /**
     * Who the caller sells for.
     *
     * @throws ProblemException 403 if it has no account
     */
    public Mono<Seller> seller(Caller caller) {
        return caller.hasRole("chain")
                ? chain(caller).cast(Seller.class)
                : account("SELECT id FROM institution WHERE org = :org", caller).map(Seller.Place::new);
    }

    /** The supplier of the caller. */
    public Mono<Party.Supplier> supplier(Caller caller) {
        return account("SELECT id FROM supplier WHERE org = :org", caller).map(Party.Supplier::new);
    }

    private Mono<UUID> account(String sql, Caller caller) {
        String org = caller.org();
        return database.sql(sql)
                .bind("org", org == null ? "" : org)
                .map(row -> row.get("id", UUID.class))
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PharmacyProblem.NOT_A_PARTY)));
    }

    public Mono<Boolean> supplierExists(UUID id) {
        return database.sql("SELECT EXISTS (SELECT FROM supplier WHERE id = :id) AS known")
                .bind("id", id)
                .map(row -> row.get("known", Boolean.class))
                .one();
    }

    Mono<List<Supplier>> suppliers() {
        return database.sql("SELECT id, org, name, demo FROM supplier ORDER BY org")
                .map(row -> new Supplier(row.get("id", UUID.class), row.get("org", String.class),
                        row.get("name", String.class), row.get("demo", Boolean.class)))
                .all()
                .collectList();
    }

    /** A company that delivers. */
    @Schema(description = "供货企业")
    public record Supplier(@Schema(description = "供货企业编号") UUID supplierId,
            @Schema(description = "机构代码", example = "demo-supplier-1") String org,
            @Schema(description = "名称") String name, @Schema(description = "是否为演示数据") boolean demo) {
    }
}
