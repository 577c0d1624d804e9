package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An appended fact: who decided what, when, on which articles. */
@Schema(description = "一项决定（只追加、不修改）")
public record Decision(@Schema(description = "种类", example = "QUALIFY") String kind,
        @Schema(description = "原状态", example = "SUBMITTED") String fromState,
        @Schema(description = "新状态", example = "QUALIFIED") String toState,
        @Schema(description = "说明", example = "审核合格") String reason,
        @Schema(description = "决定机构", example = "demo-home-1") @Nullable String decidedBy,
        @Schema(description = "时间", example = "2026-11-21T10:00:00+08:00") Instant decidedAt,
        @Schema(description = "依据") List<Citation> basis) {

    /** In the articles of the book that it is judged by. */
    Decision in(RuleBook book) {
        return new Decision(kind, fromState, toState, reason, decidedBy, decidedAt, book.cite(basis));
    }
}
