package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The notices of agencies, beside the offers that they speak of. */
@Repository
class AgencyNotices {

    private final DatabaseClient database;

    AgencyNotices(DatabaseClient database) {
        this.database = database;
    }

    /** 409 if the agency has recorded one already. */
    Mono<Void> insert(UUID id, Offer offer, AgencyNotice notice, String by) {
        return database.sql("""
                insert into agency_notice (id, offer_id, agency_org, medium, told_at, last_day, recorded_by, recorded_at)
                values (:id, :offer, :org, :medium, :told, :last, :by, :at)
                """)
                .bind("id", id)
                .bind("offer", offer.id())
                .bind("org", notice.agencyOrg())
                .bind("medium", notice.medium().name())
                .bind("told", notice.toldAt())
                .bind("last", notice.lastDay())
                .bind("by", by)
                .bind("at", notice.recordedAt())
                .then()
                .onErrorMap(DuplicateKeyException.class,
                        e -> ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "本机构已登记过这一通知"));
    }

    /** In order of recording. */
    Mono<List<AgencyNotice>> of(Offer offer) {
        return database.sql("""
                select agency_org, medium, told_at, last_day, recorded_at from agency_notice where offer_id = :offer
                order by recorded_at, id
                """)
                .bind("offer", offer.id())
                .map(row -> {
                    LocalDate last = row.get("last_day", LocalDate.class);
                    return new AgencyNotice(row.get("agency_org", String.class),
                            AgencyNotice.Medium.valueOf(row.get("medium", String.class)),
                            row.get("told_at", Instant.class), row.get("recorded_at", Instant.class), last,
                            !last.equals(offer.moveInBy().lastDay()));
                })
                .all()
                .collectList();
    }
}
