package cn.cityapis.pharmacy.green;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A maker's application, as he sees it: where it stands, until when the office decides, and what it decided. */
@Schema(name = "GreenApplication", description = "绿色通道申请")
record GreenApplication(@Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "企业机构代码", example = "demo-maker-1") String makerOrg,
        @Schema(description = "类别：试剂、耗材、服务", allowableValues = {
                "reagent", "consumable", "service"}, example = "reagent") String kind,
        @Schema(description = "名称", example = "糖化血红蛋白检测试剂盒") String name,
        @Schema(description = "说明") String summary, @Schema(description = "证明材料（名称或文号）") List<String> evidence,
        @Schema(type = "string", description = "状态", allowableValues = {"filed", "returned", "accepted", "reviewed",
                "listed", "refused"}, example = "filed") GreenRules.State state,
        @Schema(description = "状态文字，可直接展示", example = "已提交，待受理") String stateText,
        @Schema(description = "提交时间") OffsetDateTime filedAt,
        @Schema(description = "医保部门办理本步骤的最后一日（工作日）；不在办理中时不出现") @Nullable LocalDate dueOn,
        @Schema(description = "最后一日是否暂定（该年放假安排尚未公布）") boolean provisional,
        @Schema(description = "是否已超过最后一日") boolean late, @Schema(description = "各步骤") List<Step> steps,
        @JsonIgnore long version) {

    @Schema(name = "GreenStep", description = "一个步骤")
    record Step(@Schema(description = "到达的状态", example = "accepted") String state,
            @Schema(description = "说明", example = "材料齐全") String note,
            @Schema(description = "时间") OffsetDateTime at, @Schema(description = "是否逾期办理") boolean late) {
    }

    GreenApplication with(List<Step> taken) {
        return new GreenApplication(applicationId, makerOrg, kind, name, summary, evidence, state, stateText, filedAt,
                dueOn, provisional, late, taken, version);
    }
}
