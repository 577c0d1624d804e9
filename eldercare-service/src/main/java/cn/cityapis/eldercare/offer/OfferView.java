package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBookReference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An offer as shown. */
@Schema(description = "入住通知")
public record OfferView(@Schema(description = "编号") UUID id, @Schema(description = "机构编号") UUID homeId,
        @Schema(description = "床位编号") UUID bedId, @Schema(description = "床位号", example = "2-203-A") String bedLabel,
        @Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "状态", example = "OPEN") Offer.State state,
        @Schema(description = "通知时间") Instant madeAt,
        @Schema(description = "办理入住的最后一日", example = "2026-11-27") LocalDate moveInBy,
        @Schema(description = "期限是否暂定", example = "false") boolean deadlineProvisional,
        @Schema(description = "结束时间") @Nullable Instant endedAt,
        @Schema(description = "依据") List<Citation> basis, @Schema(description = "所依据的办法") RuleBookReference ruleBook) {

    static OfferView of(Offer offer, String bedLabel, RuleBook book, RuleBookReference shown) {
        return new OfferView(offer.id(), offer.homeId(), offer.bedId(), bedLabel, offer.applicationId(), offer.state(),
                offer.madeAt(), offer.moveInBy().lastDay(), offer.moveInBy().provisional(), offer.endedAt(),
                List.of(book.cite(8), book.cite(20), book.cite(24)), shown);
    }
}
