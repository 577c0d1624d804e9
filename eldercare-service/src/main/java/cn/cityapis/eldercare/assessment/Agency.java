package cn.cityapis.eldercare.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** 第十五条: who may assess. */
@Schema(description = "有资质的评估机构（第十五条）")
record Agency(@Schema(description = "机构标识", example = "demo-agency-2") String org,
        @Schema(description = "名称", example = "某老年人能力评估中心") String name,
        @Schema(description = "委托的区市代码", example = "371002") String districtCode,
        @Schema(description = "委托依据", example = "区民政局委托书") @Nullable String basis) {
}
