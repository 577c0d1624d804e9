package cn.cityapis.policy.search;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A search that is kept, to be asked of each new document. The filters are those of a search. */
@Schema(description = "保存的检索：检索词和筛选条件与 searchDocuments 相同")
public record SavedQuery(@Schema(description = "检索词", example = "老年人能力评估费用") String q,
        @Schema(description = "制发机关", example = "威海市民政局") @Nullable String issuer,
        @Schema(description = "主题", example = "养老") @Nullable String topic,
        @Schema(description = "文种", example = "办法") @Nullable String kind,
        @Schema(description = "负责部门", example = "威海市民政局") @Nullable String responsible,
        @Schema(description = "条文所定金额不少于（分）", example = "100000") @Nullable Long amountMinFen) {

    SearchRequest.Filters filters() {
        return new SearchRequest.Filters(null, null, issuer, topic, kind, responsible, null, null, amountMinFen);
    }
}
