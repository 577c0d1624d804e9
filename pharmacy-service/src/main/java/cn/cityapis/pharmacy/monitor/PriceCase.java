package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A review of a red price: opened by the monitor, answered by the seller, closed by the office. */
@Schema(description = "红色价格的复核：自动开立，由企业说明，由医保部门结案")
record PriceCase(@Schema(description = "复核编号") UUID priceCaseId,
        @Schema(description = "状态", allowableValues = {
                "open", "answered", "closed"}, example = "open") String state,
        @Schema(description = "机构编号") UUID pharmacyId, @Schema(description = "机构名称") String pharmacyName,
        @Schema(description = "药品编号") UUID drugId,
        @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "开立时的零售价（分/包装）", implementation = Long.class, example = "1580") Fen retailPriceFen,
        @Schema(description = "开立时的中选价（分/包装）", implementation = Long.class, example = "735") Fen procuredPriceFen,
        @Schema(description = "开立时的全市中位价（分/包装）；当时未知的不出现", implementation = Long.class, example = "735") @Nullable Fen medianPriceFen,
        @Schema(description = "该机构在比较期内（配置，目前 90 天）的其他零售价中最低的（分/包装）；没有的不出现", implementation = Long.class, example = "735") @Nullable Fen beforePriceFen,
        @Schema(description = "该机构现在的零售价（分/包装）", implementation = Long.class, example = "1580") Fen currentPriceFen,
        @Schema(description = "开立时间") OffsetDateTime openedAt,
        @Schema(description = "企业的说明；未说明时不出现") @Nullable String answer,
        @Schema(description = "说明时间；未说明时不出现") @Nullable OffsetDateTime answeredAt,
        @Schema(description = "结案结果：已调整、说明成立、移送；未结案时不出现", allowableValues = {
                "corrected", "explained", "referred"}) @Nullable String outcome,
        @Schema(description = "结案说明；未结案时不出现") @Nullable String closingNote,
        @Schema(description = "结案时间；未结案时不出现") @Nullable OffsetDateTime closedAt, @JsonIgnore long version) {
}
