package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an application runs.
 *
 * @param closedBecause why persons cannot apply themselves; null if they can
 * @param firstReviewWorkingDays null: no deadline is set
 * @param publicNoticeDays calendar days of the public notice; 0: none
 */
@Schema(name = "SchemeProcess", description = "办理程序")
public record Process(@Schema(description = "个人不能直接申请的原因；可以申请则空") @Nullable String closedBecause,
        @Schema(description = "初审期限（工作日）") @Nullable Integer firstReviewWorkingDays,
        @Schema(description = "公示天数，0 为不公示") @JsonProperty(required = true) int publicNoticeDays,
        @Schema(description = "所需材料") List<String> materials,
        @Schema(description = "依据") @Nullable Citation citation,
        @Schema(description = "说明（法规未明确之处）") @Nullable String note,
        @Schema(description = "是否为演示数据") boolean demo) {

    public Process {
        materials = materials == null ? List.of() : List.copyOf(materials);
    }

    public boolean isOpenToPersons() {
        return closedBecause == null;
    }
}
