package cn.cityapis.eldercare.assessment;

import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The qualified agencies: those that districts have commissioned, and those that assess for a home (第十五条). */
@Repository
class Agencies {

    private final DatabaseClient database;
    private final Clock clock;

    Agencies(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String ALL = """
            (select org, name, district_code, basis from assessment_agency where ended_at is null
             union all
             select distinct on (agency_org) agency_org, agency_org, district_code, null from home h
             where not exists (select 1 from assessment_agency a where a.org = h.agency_org and a.ended_at is null)) as agency
            """;

    Mono<Boolean> isQualified(String org) {
        return database.sql("select exists (select 1 from " + ALL + " where org = :org) as found")
                .bind("org", org)
                .map(row -> Boolean.TRUE.equals(row.get("found", Boolean.class)))
                .one();
    }

    /** By agency, then by the district that commissioned it. */
    Mono<List<Agency>> page(@Nullable Place after, int rows) {
        return database.sql("select org, name, district_code, basis from " + ALL + """
                where :org::text is null or (org, district_code) > (:org::text, :district::text)
                order by org, district_code limit :rows
                """)
                .bind("org", Parameter.fromOrEmpty(after == null ? null : after.org(), String.class))
                .bind("district", Parameter.fromOrEmpty(after == null ? null : after.district(), String.class))
                .bind("rows", rows)
                .map(Agencies::read)
                .all()
                .collectList();
    }

    /** A place in the list. */
    record Place(String org, String district) {
    }

    /** A second commission by the same district stands for its first; those of other districts are not touched. */
    Mono<Void> commission(Agency agency, String by) {
        return database.sql("""
                insert into assessment_agency (org, name, district_code, basis, recorded_by, recorded_at)
                values (:org, :name, :district, :basis, :by, :at)
                on conflict (org, district_code) where ended_at is null do update
                set name = excluded.name, basis = excluded.basis, recorded_by = excluded.recorded_by,
                    recorded_at = excluded.recorded_at
                """)
                .bind("org", agency.org())
                .bind("name", agency.name())
                .bind("district", agency.districtCode())
                .bind("basis", String.valueOf(agency.basis()))
                .bind("by", by)
                .bind("at", clock.instant())
                .then();
    }

    /** The commission that ended; empty if the district has none running. */
    Mono<Agency> end(String org, String district, String reason, String by) {
        return database.sql("""
                update assessment_agency set ended_at = :at, ended_by = :by, end_reason = :reason
                where org = :org and district_code = :district and ended_at is null
                returning org, name, district_code, basis
                """)
                .bind("org", org)
                .bind("district", district)
                .bind("reason", reason)
                .bind("by", by)
                .bind("at", clock.instant())
                .map(Agencies::read)
                .one();
    }

    private static Agency read(Readable row) {
        return new Agency(row.get("org", String.class), row.get("name", String.class),
                row.get("district_code", String.class), row.get("basis", String.class));
    }
}
