package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.Citation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong; people are named by their queue number only. */
@Schema(description = "一项不符")
public record Violation(@Schema(description = "类别", example = "SKIPPED_WITHOUT_REASON") Fault fault,
        @Schema(description = "说明", example = "排在前面的人被跳过且没有原因：排队号 12") String detail,
        @Schema(description = "事件编号", example = "128") @Nullable Long event,
        @Schema(description = "入住通知编号") @Nullable UUID offerId,
        @Schema(description = "排队号", example = "12") @Nullable Integer queueNumber,
        @Schema(description = "依据") List<Citation> basis) {

    static Violation of(Fault fault, String facts, @Nullable Long event, @Nullable UUID offer,
            @Nullable Integer queueNumber) {
        return new Violation(fault, fault.title() + "：" + facts, event, offer, queueNumber,
                fault.articles().stream().map(Citation::article).toList());
    }

    Violation in(RuleBook book) {
        return new Violation(fault, detail, event, offerId, queueNumber, book.cite(basis));
    }
}
