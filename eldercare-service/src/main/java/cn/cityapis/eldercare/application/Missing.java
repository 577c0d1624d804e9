package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import io.swagger.v3.oas.annotations.media.Schema;

/** One thing that keeps the application from being complete; all are named together (第十三条). */
@Schema(description = "缺少或不符的一项")
public record Missing(
        @Schema(description = "位置（JSON 指针或 /materials/类别）", example = "/materials/TOWN_PROOF") String pointer,
        @Schema(description = "代码", example = "material-missing") String code,
        @Schema(description = "说明", example = "请提供：镇街出具的特困、低保或低保边缘证明") String detail,
        @Schema(description = "依据") Citation basis) {

    /** In the articles of the book that it is judged by. */
    Missing in(RuleBook book) {
        return new Missing(pointer, code, detail, book.cite(basis));
    }
}
