package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Stay;
import cn.cityapis.eldercare.waitlist.BedKind;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What a closed home leaves behind: applicants to be told, reviews to be handed on, residents to be moved. */
@Repository
class Closings {

    private final DatabaseClient database;

    Closings(DatabaseClient database) {
        this.database = database;
    }

    /** Who lives there; of those from before the rule (第二十八条) only the bed is known. */
    @Schema(description = "一位在住者（姓名已遮蔽）")
    record Resident(@Schema(description = "床位编号") UUID bedId,
            @Schema(description = "床位号", example = "2-203-A") String bedLabel,
            @Schema(description = "床位类型", example = "NURSING") BedKind bedKind,
            @Schema(description = "是否应急床位", example = "false") boolean emergencyBed,
            @Schema(description = "申请编号；办法施行前入住或临时安置的没有") @Nullable UUID applicationId,
            @Schema(description = "姓名（遮蔽）", example = "张*") @Nullable String name,
            @Schema(description = "用途", example = "ADMISSION") Stay.@Nullable Purpose purpose,
            @Schema(description = "入住时间") @Nullable Instant since) {
    }

    Mono<List<Resident>> residents(UUID home, @Nullable String afterLabel, int rows) {
        return database.sql("""
                select b.id, b.label, t.kind, b.emergency, s.application_id, a.masked_name, s.purpose, s.began_at
                from bed b join bed_type t on t.id = b.bed_type_id
                left join stay s on s.bed_id = b.id and s.ended_at is null
                left join application a on a.id = s.application_id
                where b.home_id = :home and b.state = 'OCCUPIED' and (:after::text is null or b.label > :after)
                order by b.label limit :rows
                """)
                .bind("home", home)
                .bind("after", Parameter.fromOrEmpty(afterLabel, String.class))
                .bind("rows", rows)
                .map(Closings::resident)
                .all()
                .collectList();
    }

    private static Resident resident(Readable row) {
        String purpose = row.get("purpose", String.class);
        return new Resident(row.get("id", UUID.class), row.get("label", String.class),
                BedKind.valueOf(row.get("kind", String.class)), row.get("emergency", Boolean.class),
                row.get("application_id", UUID.class), row.get("masked_name", String.class),
                purpose == null ? null : Stay.Purpose.valueOf(purpose), row.get("began_at", Instant.class));
    }

    /** Closed homes in whose queues somebody still stands. */
    Mono<List<UUID>> unfinished() {
        return database.sql("""
                select h.id from home h
                where h.closed_at is not null
                  and exists (select 1 from queue_count c where c.home_id = h.id and c.bits = 63 and c.waiting > 0)
                order by h.id
                """)
                .map(row -> row.get("id", UUID.class))
                .all()
                .collectList();
    }

    /** Who filed which application. */
    Mono<Map<UUID, String>> owners(Collection<UUID> applications) {
        return database.sql("select id, owner_subject from application where id = any(:ids)")
                .bind("ids", applications.toArray(UUID[]::new))
                .map(row -> Map.entry(row.get("id", UUID.class), row.get("owner_subject", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * What a closed home was to review, the next of the chosen homes reviews, and the periods that run bind that one. The
     * caller holds the homes.
     */
    Mono<Void> handReviewsOn(UUID closed) {
        return database.sql("""
                with handed as (
                    update application a set review_home = next.home_id, version = version + 1
                    from (select distinct on (e.application_id) e.application_id, e.home_id
                          from queue_entry e join application w on w.id = e.application_id
                          join home o on o.id = e.home_id
                          where w.review_home = :home and w.live and e.ended_at is null and o.closed_at is null
                          order by e.application_id, e.queue_number) next
                    where a.id = next.application_id
                    returning a.id, a.review_home)
                update deadline d
                set home_id = handed.review_home, bound_org = case d.bound when 'HOME' then h.org else d.bound_org end
                from handed join home h on h.id = handed.review_home
                where d.application_id = handed.id and d.met_at is null and d.closed_at is null and d.kind <> 'MOVE_IN'
                """).bind("home", closed).then();
    }
}
