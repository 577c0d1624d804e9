package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Homes and their beds. */
@Repository
public class Homes {

    private static final String HOME = """
            select h.id, h.code, h.org, h.agency_org, h.name, h.kind, h.district_code, h.district_name, h.address, h.phone,
                   h.opening_hours, h.lat, h.lon, h.fee_items::text as fee_items, h.demo, h.version, h.closed_at,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'monthlyFen', f.monthly_fen,
                               'from', f.valid_from)), '[]')
                    from home_fee_change f where f.home_id = h.id)::text as fee_changes
            from home h
            """;
    private static final String BED = """
            select b.id, b.home_id, b.label, b.sex, b.emergency, b.state, b.version,
                   t.id as type_id, t.kind, t.levels, t.monthly_fee_fen
            from bed b join bed_type t on t.id = b.bed_type_id
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    Homes(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** Which homes are asked for. */
    public record Filter(@Nullable String district, @Nullable BedKind bedKind, boolean onlyFree) {
    }

    public Mono<List<Home>> page(Filter filter, @Nullable Place after, int rows) {
        return database.sql(HOME + """
                where (:district::text is null or h.district_code = :district)
                  and (:after::text is null or (h.district_code, h.code) > (:after::text, :code::text))
                  and (:kind::text is null or exists (
                      select 1 from bed_type t where t.home_id = h.id and t.kind = :kind))
                  and (not :free or exists (
                      select 1 from bed b join bed_type t on t.id = b.bed_type_id
                      where b.home_id = h.id and b.state = 'FREE' and not b.emergency
                        and (:kind::text is null or t.kind = :kind)))
                order by h.district_code, h.code limit :rows
                """)
                .bind("district", Parameter.fromOrEmpty(filter.district(), String.class))
                .bind("kind",
                        Parameter.fromOrEmpty(filter.bedKind() == null ? null : filter.bedKind().name(), String.class))
                .bind("free", filter.onlyFree())
                .bind("after", Parameter.fromOrEmpty(after == null ? null : after.district(), String.class))
                .bind("code", Parameter.fromOrEmpty(after == null ? null : after.code(), String.class))
                .bind("rows", rows)
                .map(this::readHome)
                .all()
                .collectList();
    }

    /** A place in the list of homes. */
    public record Place(String district, String code) {
    }

    /** 404 if there is none. */
    public Mono<Home> get(UUID id) {
        return find(id).switchIfEmpty(notFound());
    }

    /** Empty if there is none. */
    public Mono<Home> find(UUID id) {
        return database.sql(HOME + "where h.id = :id").bind("id", id).map(this::readHome).one();
    }

    /** For good; the caller holds the row. */
    public Mono<Void> close(UUID id, String reason, Instant at, Caller by) {
        return database.sql("""
                update home set closed_at = :at, closed_by = :by, close_reason = :reason, version = version + 1
                where id = :id
                """).bind("id", id).bind("at", at).bind("by", by.subject()).bind("reason", reason).then();
    }

    public Mono<List<Home>> all(List<UUID> ids) {
        return database.sql(HOME + "where h.id = any(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .map(this::readHome)
                .all()
                .collectList();
    }

    /** Holds the home's row: offers of one home are made one after the other, which keeps the order. */
    public Mono<Home> lock(UUID id) {
        return database.sql(HOME + "where h.id = :id for no key update").bind("id", id).map(this::readHome).one()
                .switchIfEmpty(notFound());
    }

    /** Holds the rows of several homes, in the order in which everybody takes them. */
    public Mono<Void> lockAll(Collection<UUID> ids) {
        return lockAll(ids, List.of());
    }

    /**
     * Holds these homes and those in whose queues the applications stand or stood, in one statement and one order: a home
     * that were left out here would be taken out of order with the application.
     */
    public Mono<Void> lockAll(Collection<UUID> ids, Collection<UUID> applications) {
        return database.sql("""
                select h.id from home h
                where h.id = any(:ids)
                   or h.id in (select e.home_id from queue_entry e where e.application_id = any(:applications))
                order by h.id for no key update
                """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("applications", applications.toArray(UUID[]::new))
                .fetch()
                .all()
                .then();
    }

    /** 404 if the home has no such bed. */
    public Mono<Bed> bed(UUID home, UUID bed) {
        return database.sql(BED + "where b.id = :bed and b.home_id = :home")
                .bind("bed", bed)
                .bind("home", home)
                .map(Homes::readBed)
                .one()
                .switchIfEmpty(notFound());
    }

    public Mono<List<Bed>> beds(UUID home, Bed.@Nullable State state, @Nullable String afterLabel, int rows) {
        return database.sql(BED + """
                where b.home_id = :home and (:state::text is null or b.state = :state)
                  and (:after::text is null or b.label > :after)
                order by b.label limit :rows
                """)
                .bind("home", home)
                .bind("state", Parameter.fromOrEmpty(state == null ? null : state.name(), String.class))
                .bind("after", Parameter.fromOrEmpty(afterLabel, String.class))
                .bind("rows", rows)
                .map(Homes::readBed)
                .all()
                .collectList();
    }

    /** One statement settles a race: false if the bed is no longer in that state. */
    public Mono<Boolean> move(UUID bed, Bed.State from, Bed.State to) {
        return database.sql("""
                update bed set state = :to, version = version + 1, changed_at = now() where id = :id and state = :from
                """)
                .bind("id", bed)
                .bind("from", from.name())
                .bind("to", to.name())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Nobody lives in the bed any more: free, or out of service where the home is closed. False if nobody did. */
    public Mono<Boolean> vacated(UUID bed) {
        return database.sql("""
                update bed b set state = case when h.closed_at is null then 'FREE' else 'OUT_OF_SERVICE' end,
                                 version = b.version + 1, changed_at = now()
                from home h where h.id = b.home_id and b.id = :id and b.state = 'OCCUPIED'
                """)
                .bind("id", bed)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** A bed that was held for somebody is free again. */
    public Mono<Void> release(UUID bed) {
        return database.sql("""
                update bed set state = 'FREE', version = version + 1, changed_at = now()
                where id = :id and state in ('OFFERED', 'RESERVED')
                """).bind("id", bed).then();
    }

    /** 409 if the home has a bed of that label. */
    public Mono<Void> addBed(Bed bed) {
        return writeBed("""
                insert into bed (id, home_id, bed_type_id, label, sex, emergency, state)
                values (:id, :home, :type, :label, :sex, :emergency, 'FREE')
                """, bed);
    }

    /** Only of a bed that nobody has: 409 if somebody has, or if the home has another bed of that label. */
    public Mono<Void> changeBed(Bed bed) {
        return writeBed("""
                update bed set bed_type_id = :type, label = :label, sex = :sex, emergency = :emergency,
                               version = version + 1, changed_at = now()
                where id = :id and home_id = :home and state in ('FREE', 'OUT_OF_SERVICE')
                """, bed);
    }

    private Mono<Void> writeBed(String sql, Bed bed) {
        Needs.Sex sex = bed.sex();
        return database.sql(sql)
                .bind("id", bed.id())
                .bind("home", bed.homeId())
                .bind("type", bed.type().id())
                .bind("label", bed.label())
                .bind("sex", Parameter.fromOrEmpty(sex == null ? null : sex.name(), String.class))
                .bind("emergency", bed.emergency())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1
                        ? Mono.<Void>empty()
                        : Mono.error(() -> ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "床位正在使用或已安排，不能修改")))
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException.of(EldercareProblem.BED_LABEL_TAKEN,
                        "本机构已有床位 " + bed.label()));
    }

    /** All free beds of a home that closes. */
    public Mono<Void> takeFreeOutOfService(UUID home) {
        return database.sql("""
                update bed set state = 'OUT_OF_SERVICE', version = version + 1, changed_at = now()
                where home_id = :home and state = 'FREE'
                """).bind("home", home).then();
    }

    public Mono<Long> occupied(UUID home) {
        return database.sql("select count(*) from bed where home_id = :home and state = 'OCCUPIED'")
                .bind("home", home)
                .mapValue(Long.class)
                .one();
    }

    /** All free beds of a home by label; emergency beds last. */
    public Mono<List<Bed>> free(UUID home) {
        return database.sql(BED + "where b.home_id = :home and b.state = 'FREE' order by b.emergency, b.label")
                .bind("home", home)
                .map(Homes::readBed)
                .all()
                .collectList();
    }

    /** Beds of some homes, counted by type; emergency beds apart. */
    public Mono<List<TypeCount>> counts(List<UUID> homes) {
        return database.sql("""
                select t.id as type_id, t.home_id, t.kind, t.levels, t.monthly_fee_fen,
                       count(b.id) filter (where not b.emergency and b.state <> 'OUT_OF_SERVICE') as total,
                       count(b.id) filter (where not b.emergency and b.state = 'FREE') as free,
                       count(b.id) filter (where b.emergency and b.state <> 'OUT_OF_SERVICE') as emergency,
                       count(b.id) filter (where b.emergency and b.state = 'FREE') as free_emergency
                from bed_type t left join bed b on b.bed_type_id = t.id
                where t.home_id = any(:homes) group by t.id order by t.kind
                """)
                .bind("homes", homes.toArray(UUID[]::new))
                .map(row -> new TypeCount(row.get("home_id", UUID.class), readType(row), row.get("total", Long.class),
                        row.get("free", Long.class), row.get("emergency", Long.class),
                        row.get("free_emergency", Long.class)))
                .all()
                .collectList();
    }

    public record TypeCount(UUID homeId, BedType type, long total, long free, long emergency, long freeEmergency) {
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND));
    }

    /** With the fees in force today. */
    private Home readHome(Readable row) {
        List<FeeItem> before = json.readValue(row.get("fee_items", String.class), new TypeReference<>() {
        });
        List<FeeChange> changes = json.readValue(row.get("fee_changes", String.class), new TypeReference<>() {
        });
        return new Home(row.get("id", UUID.class), row.get("code", String.class), row.get("org", String.class),
                row.get("agency_org", String.class), row.get("name", String.class),
                Home.HomeKind.valueOf(row.get("kind", String.class)), row.get("district_code", String.class),
                row.get("district_name", String.class), row.get("address", String.class),
                row.get("phone", String.class),
                row.get("opening_hours", String.class), row.get("lat", Double.class), row.get("lon", Double.class),
                FeeChange.inForce(before, changes, LocalDate.now(clock)), row.get("demo", Boolean.class),
                row.get("version", Long.class),
                row.get("closed_at", Instant.class));
    }

    private static Bed readBed(Readable row) {
        String sex = row.get("sex", String.class);
        return new Bed(row.get("id", UUID.class), row.get("home_id", UUID.class), readType(row),
                row.get("label", String.class), sex == null ? null : Needs.Sex.valueOf(sex),
                row.get("emergency", Boolean.class), Bed.State.valueOf(row.get("state", String.class)),
                row.get("version", Long.class));
    }

    static BedType readType(Readable row) {
        Set<AbilityLevel> levels = Arrays.stream(row.get("levels", Short[].class))
                .map(number -> AbilityLevel.values()[number])
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AbilityLevel.class)));
        return new BedType(row.get("type_id", UUID.class), BedKind.valueOf(row.get("kind", String.class)), levels,
                row.get("monthly_fee_fen", Long.class));
    }
}
