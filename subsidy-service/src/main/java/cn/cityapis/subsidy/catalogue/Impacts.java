package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whom a proposed version would change: application by application, without personal data. */
@Component
class Impacts {

    private final DatabaseClient database;

    Impacts(DatabaseClient database) {
        this.database = database;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SchemeImpact", description = "修订对一份申请的影响")
    record Impact(@Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "区市") @Nullable String areaCode,
            @Schema(description = "gains 受益；loses 受损") String effect,
            @Schema(description = "生效日前一日的版本的结论") String beforeOutcome,
            @Schema(description = "修订后的结论") String afterOutcome,
            @Schema(description = "生效日前一日的版本的金额合计（分）") long beforeFen,
            @Schema(description = "修订后的金额合计（分）") long afterFen) {
    }

    Mono<List<Impact>> list(UUID proposal, PageRequest page) {
        return database.sql("""
                SELECT application_id, area_code, effect, before_outcome, after_outcome, before_fen, after_fen
                  FROM scheme_impact
                 WHERE proposal_id = :proposal AND application_id > :after
                 ORDER BY application_id
                 LIMIT :limit
                """)
                .bind("proposal", proposal)
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(row -> new Impact(row.get("application_id", UUID.class), row.get("area_code", String.class),
                        row.get("effect", String.class), row.get("before_outcome", String.class),
                        row.get("after_outcome", String.class), row.get("before_fen", Long.class),
                        row.get("after_fen", Long.class)))
                .all().collectList();
    }
}
