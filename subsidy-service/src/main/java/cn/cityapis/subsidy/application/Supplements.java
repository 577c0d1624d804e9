package cn.cityapis.subsidy.application;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import io.r2dbc.postgresql.codec.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the offices asked to be supplemented: all at once, once at each level. */
@Component
class Supplements {

    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {
    };
    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Supplements(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** One thing that is missing or wrong. */
    @Schema(name = "SupplementItem", description = "需要补正的一项")
    record Item(@Schema(description = "所指内容（JSON 指针）", example = "/facts/engagementStart") String pointer,
            @Schema(description = "说明", example = "入职日期与劳动合同不一致") String detail) {
    }

    @Schema(name = "SupplementRequest", description = "补正通知：一次列出全部需要补正的内容")
    record Request(@Schema(description = "提出的层级") Review.Level level, @Schema(description = "各项") List<Item> items,
            @Schema(description = "提出单位", example = "371002") String askedOrg,
            @Schema(description = "提出时间") OffsetDateTime askedAt) {
    }

    Mono<Void> insert(UUID application, Review.Level level, List<Item> items, Caller by) {
        return database.sql("""
                INSERT INTO supplement_request (id, application_id, level, items, asked_by, asked_org, asked_at)
                VALUES (:id, :application, :level, :items, :by, :org, :now)
                """)
                .bind("id", ids.next())
                .bind("application", application)
                .bind("level", level.name().toLowerCase(Locale.ROOT))
                .bind("items", Json.of(json.writeValueAsString(items)))
                .bind("by", by.subject())
                .bind("org", String.valueOf(by.org()))
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> ProblemException.of(SubsidyProblem.SUPPLEMENT_ASKED));
    }

    /** Oldest first. */
    Mono<List<Request>> of(UUID application) {
        return database.sql("""
                SELECT level, items, asked_org, asked_at FROM supplement_request WHERE application_id = :id ORDER BY asked_at, id
                """)
                .bind("id", application)
                .map(row -> new Request(Review.Level.valueOf(row.get("level", String.class).toUpperCase(Locale.ROOT)),
                        json.readValue(row.get("items", String.class), ITEMS), row.get("asked_org", String.class),
                        row.get("asked_at", OffsetDateTime.class)))
                .all()
                .collectList();
    }
}
