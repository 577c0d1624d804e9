package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The bed types of a home, with what each costs; a changed fee leaves its trace. */
@Repository
public class BedTypes {

    private static final String COLUMNS = """
            select id as type_id, kind, levels, monthly_fee_fen, version from bed_type
            """;

    private final DatabaseClient database;
    private final Ids ids;

    BedTypes(DatabaseClient database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /** A type with the version that a change must have seen. */
    public record Kept(BedType type, long version) {
    }

    public Mono<List<Kept>> of(UUID home) {
        return database.sql(COLUMNS + "where home_id = :home order by kind")
                .bind("home", home)
                .map(row -> new Kept(Homes.readType(row), row.get("version", Long.class)))
                .all()
                .collectList();
    }

    /** 404 if the home has no such type. */
    public Mono<Kept> get(UUID home, UUID type) {
        return database.sql(COLUMNS + "where home_id = :home and id = :id")
                .bind("home", home)
                .bind("id", type)
                .map(row -> new Kept(Homes.readType(row), row.get("version", Long.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    /** 409 if the home has beds of that kind already. */
    public Mono<Void> insert(UUID home, BedType type) {
        return database.sql("""
                insert into bed_type (id, home_id, kind, levels, monthly_fee_fen)
                values (:id, :home, :kind, :levels, :fee)
                """)
                .bind("id", type.id())
                .bind("home", home)
                .bind("kind", type.kind().name())
                .bind("levels", numbers(type.levels()))
                .bind("fee", type.monthlyFeeFen())
                .then()
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException.of(EldercareProblem.BED_TYPE_EXISTS,
                        "本机构已有“" + type.kind().title() + "”这一类型，请修改原有类型"));
    }

    /** The caller holds the home's row. */
    public Mono<Void> change(Kept before, Set<AbilityLevel> levels, long fee, Instant at, Caller by) {
        Mono<Void> changed = database.sql("""
                update bed_type set levels = :levels, monthly_fee_fen = :fee, version = version + 1 where id = :id
                """)
                .bind("id", before.type().id())
                .bind("levels", numbers(levels))
                .bind("fee", fee)
                .then();
        return fee == before.type().monthlyFeeFen() ? changed : changed.then(feeChanged(before.type(), fee, at, by));
    }

    private Mono<Void> feeChanged(BedType before, long fee, Instant at, Caller by) {
        return database.sql("""
                insert into bed_type_fee_change (id, bed_type_id, old_fen, new_fen, changed_at, changed_by)
                values (:id, :type, :old, :new, :at, :by)
                """)
                .bind("id", ids.next())
                .bind("type", before.id())
                .bind("old", before.monthlyFeeFen())
                .bind("new", fee)
                .bind("at", at)
                .bind("by", by.subject())
                .then();
    }

    private static Short[] numbers(Set<AbilityLevel> levels) {
        return levels.stream().map(level -> (short) level.number()).toArray(Short[]::new);
    }
}
