package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who pays for the assessment (第十九条). */
@Schema(description = "能力评估费用承担")
public record AssessmentFee(@Schema(description = "承担方", example = "申请人") String payer,
        @Schema(description = "是否免除申请人承担", example = "false") boolean exempt,
        @Schema(description = "依据") Citation basis) {

    /** In the articles of the book that it is judged by. */
    AssessmentFee in(RuleBook book) {
        return new AssessmentFee(payer, exempt, book.cite(basis));
    }

    /** @param exemptFeePayer the operator's dated option, since the rule names no payer for the exempt */
    public static AssessmentFee of(Set<Category> categories, @Nullable AbilityLevel level, String exemptFeePayer) {
        boolean impaired = level != null && level.atLeast(AbilityLevel.MODERATE);
        boolean exempt = categories.contains(Category.DESTITUTE)
                || impaired && categories.stream().anyMatch(Category::isLowIncome);
        return new AssessmentFee(exempt ? exemptFeePayer : "申请人", exempt, Citation.article(19));
    }
}
