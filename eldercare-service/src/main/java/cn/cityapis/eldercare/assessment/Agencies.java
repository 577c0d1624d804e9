package cn.cityapis.eldercare.assessment;

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
            (select org, name, district_code, basis from assessment_agency
             union all
             select distinct on (agency_org) agency_org, agency_org, district_code, null from home h
             where not exists (select 1 from assessment_agency a where a.org = h.agency_org)) as agency
            """;

    Mono<Boolean> isQualified(String org) {
        return database.sql("select exists (select 1 from " + ALL + " where org = :org) as found")
                .bind("org", org)
                .map(row -> Boolean.TRUE.equals(row.get("found", Boolean.class)))
                .one();
    }

    Mono<List<Agency>> page(@Nullable String after, int rows) {
        return database.sql("select org, name, district_code, basis from " + ALL
                + " where :after::text is null or org > :after order by org limit :rows")
                .bind("after", Parameter.fromOrEmpty(after, String.class))
                .bind("rows", rows)
                .map(row -> new Agency(row.get("org", String.class), row.get("name", String.class),
                        row.get("district_code", String.class), row.get("basis", String.class)))
                .all()
                .collectList();
    }

    /** A second commission of the same agency stands for the first. */
    Mono<Void> commission(Agency agency, String by) {
        return database.sql("""
                insert into assessment_agency (org, name, district_code, basis, recorded_by, recorded_at)
                values (:org, :name, :district, :basis, :by, :at)
                on conflict (org) do update
                set name = excluded.name, district_code = excluded.district_code, basis = excluded.basis,
                    recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
                """)
                .bind("org", agency.org())
                .bind("name", agency.name())
                .bind("district", agency.districtCode())
                .bind("basis", String.valueOf(agency.basis()))
                .bind("by", by)
                .bind("at", clock.instant())
                .then();
    }
}
