package cn.cityapis.pharmacy.green;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Events that bring makers and buyers together, and what came of them, in the database. */
@Repository
class MatchingEvents {

    private final DatabaseClient database;

    MatchingEvents(DatabaseClient database) {
        this.database = database;
    }

    /** An event as one of those who take part sees it. */
    @Schema(name = "MatchingEvent", description = "对接会：把新挂网的产品介绍给采购机构")
    record MatchingEvent(@Schema(description = "对接会编号") UUID eventId,
            @Schema(description = "产品的绿色通道申请编号") UUID applicationId,
            @Schema(description = "产品名称") String productName,
            @Schema(description = "标题", example = "新挂网试剂介绍会") String title,
            @Schema(description = "日期") LocalDate heldOn, @Schema(description = "地点") String place,
            @Schema(description = "邀请的企业；企业只看到自己的") List<Invitation> invitations) {
    }

    @Schema(name = "MatchingInvitation", description = "一家受邀企业")
    record Invitation(@Schema(description = "采购方编号") UUID chainId, @Schema(description = "名称") String chainName,
            @Schema(description = "意向；未表示时不出现") @Nullable String interest,
            @Schema(description = "结果：达成、试用、未达成；未登记时不出现", allowableValues = {
                    "agreed", "trial", "none"}) @Nullable String outcome,
            @Schema(description = "结果说明；未登记时不出现") @Nullable String outcomeNote) {
    }

    Mono<Void> insert(UUID id, UUID application, String title, LocalDate heldOn, String place,
            Collection<UUID> chains) {
        return database.sql("""
                INSERT INTO matching_event (id, application_id, title, held_on, place)
                VALUES (:id, :application, :title, :heldOn, :place)
                """)
                .bind("id", id)
                .bind("application", application)
                .bind("title", title)
                .bind("heldOn", heldOn)
                .bind("place", place)
                .then()
                .then(database.sql("""
                        INSERT INTO matching_invitation (event_id, chain_id) SELECT :id, c FROM unnest(:chains) AS c
                        """)
                        .bind("id", id)
                        .bind("chains", chains.toArray(UUID[]::new))
                        .then());
    }

    Mono<List<UUID>> knownChains(Collection<UUID> among) {
        return database.sql("SELECT id FROM chain WHERE id = ANY(:among)").bind("among", among.toArray(UUID[]::new))
                .map(row -> row.get("id", UUID.class)).all().collectList();
    }

    /** Notes the interest of an invited chain; empty if it is not invited or something came of it already. */
    Mono<UUID> interest(UUID event, UUID chain, String interest) {
        return database.sql("""
                UPDATE matching_invitation SET interest = :interest, version = version + 1
                 WHERE event_id = :event AND chain_id = :chain AND outcome IS NULL RETURNING event_id
                """)
                .bind("event", event)
                .bind("chain", chain)
                .bind("interest", interest)
                .map(row -> row.get("event_id", UUID.class))
                .one();
    }

    Mono<UUID> outcome(UUID event, UUID chain, String outcome, String note) {
        return database.sql("""
                UPDATE matching_invitation SET outcome = :outcome, outcome_note = :note, version = version + 1
                 WHERE event_id = :event AND chain_id = :chain RETURNING event_id
                """)
                .bind("event", event)
                .bind("chain", chain)
                .bind("outcome", outcome)
                .bind("note", note)
                .map(row -> row.get("event_id", UUID.class))
                .one();
    }

    /** The latest first. @param chain only where it is invited, @param maker only of its products, @param event only this */
    Mono<List<MatchingEvent>> list(@Nullable UUID chain, @Nullable String maker, @Nullable UUID event) {
        return database.sql("""
                SELECT e.id, e.application_id, a.name AS product, e.title, e.held_on, e.place, v.chain_id, c.name, v.interest,
                       v.outcome, v.outcome_note
                  FROM (SELECT * FROM matching_event m
                         WHERE (:event IS NULL OR m.id = :event)
                           AND (:maker IS NULL OR EXISTS (SELECT FROM green_application
                                                           WHERE id = m.application_id AND maker_org = :maker))
                           AND (:chain IS NULL OR EXISTS (SELECT FROM matching_invitation
                                                           WHERE event_id = m.id AND chain_id = :chain))
                         ORDER BY m.id DESC LIMIT 200) e
                  JOIN green_application a ON a.id = e.application_id
                  JOIN matching_invitation v ON v.event_id = e.id
                  JOIN chain c ON c.id = v.chain_id
                 WHERE :chain IS NULL OR v.chain_id = :chain
                 ORDER BY e.id DESC, c.org
                """)
                .bind("event", event == null ? Parameters.in(UUID.class) : Parameters.in(event))
                .bind("chain", chain == null ? Parameters.in(UUID.class) : Parameters.in(chain))
                .bind("maker", maker == null ? Parameters.in(String.class) : Parameters.in(maker))
                .map(MatchingEvents::read)
                .all()
                .bufferUntilChanged(MatchingEvent::eventId)
                .map(MatchingEvents::joined)
                .collectList();
    }

    private static MatchingEvent read(Readable row) {
        return new MatchingEvent(row.get("id", UUID.class), row.get("application_id", UUID.class),
                row.get("product", String.class), row.get("title", String.class), row.get("held_on", LocalDate.class),
                row.get("place", String.class),
                List.of(new Invitation(row.get("chain_id", UUID.class), row.get("name", String.class),
                        row.get("interest", String.class), row.get("outcome", String.class),
                        row.get("outcome_note", String.class))));
    }

    private static MatchingEvent joined(List<MatchingEvent> rows) {
        MatchingEvent first = rows.getFirst();
        return new MatchingEvent(first.eventId(), first.applicationId(), first.productName(), first.title(),
                first.heldOn(), first.place(), rows.stream().flatMap(row -> row.invitations().stream()).toList());
    }
}
