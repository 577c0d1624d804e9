package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule book that is to follow the last one. What is absent is named by {@link ReplacementRules}, with all else. */
@Schema(description = "接替原办法的新办法；缺项、重叠与不符之处一次列出")
record ReplaceRequest(
        @Schema(description = "文号", example = "威民发〔2027〕1号", requiredMode = RequiredMode.REQUIRED) @Size(max = 60, message = "不超过 60 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String number,
        @Schema(description = "名称", example = "威海市公办养老机构入住评估轮候办法", requiredMode = RequiredMode.REQUIRED) @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String title,
        @Schema(description = "所接替办法的文号", example = "威民发〔2023〕17号", requiredMode = RequiredMode.REQUIRED) @Size(max = 60, message = "不超过 60 字") @Nullable String replaces,
        @Schema(description = "施行日期；原办法适用至前一日", example = "2027-07-01", requiredMode = RequiredMode.REQUIRED) @Nullable LocalDate inForceFrom,
        @Schema(description = "有效期至", example = "2032-06-30", requiredMode = RequiredMode.REQUIRED) @Nullable LocalDate inForceTo,
        @Schema(description = "决定日期", example = "2026-11-20", requiredMode = RequiredMode.REQUIRED) @Nullable LocalDate decidedOn,
        @Schema(description = "依据说明", example = "某某号文件", requiredMode = RequiredMode.REQUIRED) @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String basis,
        @Schema(description = "数值与选项", requiredMode = RequiredMode.REQUIRED) @Valid @Nullable Options options,
        @Schema(description = "各项规则在新办法中的条次：以威民发〔2023〕17号的条次为键（第一条、第二十九条除外）", example = ReplaceRequest.ARTICLES_EXAMPLE, requiredMode = RequiredMode.REQUIRED) @Size(max = 100, message = "条次过多") @Nullable Map<Integer, Integer> articles) {

    private static final String ARTICLES_EXAMPLE = "{\"2\":2,\"3\":3,\"4\":4,\"5\":6,\"6\":5,\"7\":7,\"8\":8,\"9\":9,\"10\":10,\"11\":11,"
            + "\"12\":12,\"13\":13,\"14\":14,\"15\":15,\"16\":16,\"17\":17,\"18\":18,\"19\":19,\"20\":20,\"21\":21,\"22\":22,"
            + "\"23\":23,\"24\":24,\"25\":25,\"26\":26,\"27\":27,\"28\":28,\"30\":31}";

    /** As {@link RuleOptions}, where nothing of the rule may be left out. */
    @Schema(description = "新办法中的数值与运营方的选项，均须填写")
    record Options(
            @Schema(description = "最低年龄", example = "60", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 120, message = "不超过 120") @Nullable Integer minimumAge,
            @Schema(description = "本市行政区划代码前缀", example = "3710", requiredMode = RequiredMode.REQUIRED) @Pattern(regexp = "[0-9]{2,6}", message = "应为 2 到 6 位数字") @Nullable String areaPrefix,
            @Schema(description = "一份申请最多可选机构数", example = "3", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 10, message = "不超过 10") @Nullable Integer mostHomes,
            @Schema(description = "审核工作日", example = "5", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer reviewWorkingDays,
            @Schema(description = "异议工作日", example = "5", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer objectionWorkingDays,
            @Schema(description = "办理入住工作日", example = "5", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer moveInWorkingDays,
            @Schema(description = "估算等待时间所看的天数", example = "365", requiredMode = RequiredMode.REQUIRED) @Min(value = 30, message = "至少 30") @Max(value = 3650, message = "不超过 3650") @Nullable Integer flowDays,
            @Schema(description = "估算等待时间至少需要的入住例数", example = "20", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 1000, message = "不超过 1000") @Nullable Integer leastPlacements,
            @Schema(description = "精神障碍与照护风险是否合并升一级", example = "true", requiredMode = RequiredMode.REQUIRED) @Nullable Boolean worseningTogether,
            @Schema(description = "照护风险事件是否跨类别合计", example = "true", requiredMode = RequiredMode.REQUIRED) @Nullable Boolean riskEventsOverAllKinds,
            @Schema(description = "免费评估的费用承担方", example = "区市民政部门", requiredMode = RequiredMode.REQUIRED) @Size(min = 1, max = 100, message = "应为 1 到 100 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String exemptFeePayer,
            @Schema(description = "提交评估结果的工作日", example = "1", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer resultWorkingDays,
            @Schema(description = "复核评估的自然日", example = "5", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer recheckDays,
            @Schema(description = "期限届满前几个工作日提醒", example = "1", requiredMode = RequiredMode.REQUIRED) @Min(value = 0, message = "不能为负") @Max(value = 59, message = "不超过 59") @Nullable Integer warnWorkingDays,
            @Schema(description = "情况变更后是否保留原申请时间", example = "true", requiredMode = RequiredMode.REQUIRED) @Nullable Boolean keepOriginalTime,
            @Schema(description = "机构核实情况变更的工作日", example = "5", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 60, message = "不超过 60") @Nullable Integer changeReviewWorkingDays,
            @Schema(description = "约定评估至少提前几个工作日通知", example = "2", requiredMode = RequiredMode.REQUIRED) @Min(value = 1, message = "至少 1") @Max(value = 30, message = "不超过 30") @Nullable Integer appointmentNoticeWorkingDays,
            @Schema(description = "约定日期最晚在几天之内", example = "60", requiredMode = RequiredMode.REQUIRED) @Min(value = 60, message = "至少 60") @Max(value = 365, message = "不超过 365") @Nullable Integer assessWithinDays,
            @Schema(description = "申请人最多可自行改期几次", example = "3", requiredMode = RequiredMode.REQUIRED) @Min(value = 0, message = "不能为负") @Max(value = 20, message = "不超过 20") @Nullable Integer mostAppointmentChanges,
            @Schema(description = "草稿和待补正的申请多少天无人续办即终止；不填为 90", example = "90") @Min(value = 10, message = "至少 10") @Max(value = 3650, message = "不超过 3650") @Nullable Integer unfinishedDays) {

        List<String> missing() {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("minimumAge", minimumAge);
            all.put("areaPrefix", areaPrefix);
            all.put("mostHomes", mostHomes);
            all.put("reviewWorkingDays", reviewWorkingDays);
            all.put("objectionWorkingDays", objectionWorkingDays);
            all.put("moveInWorkingDays", moveInWorkingDays);
            all.put("flowDays", flowDays);
            all.put("leastPlacements", leastPlacements);
            all.put("worseningTogether", worseningTogether);
            all.put("riskEventsOverAllKinds", riskEventsOverAllKinds);
            all.put("exemptFeePayer", exemptFeePayer);
            all.put("resultWorkingDays", resultWorkingDays);
            all.put("recheckDays", recheckDays);
            all.put("warnWorkingDays", warnWorkingDays);
            all.put("keepOriginalTime", keepOriginalTime);
            all.put("changeReviewWorkingDays", changeReviewWorkingDays);
            all.put("appointmentNoticeWorkingDays", appointmentNoticeWorkingDays);
            all.put("assessWithinDays", assessWithinDays);
            all.put("mostAppointmentChanges", mostAppointmentChanges);
            return all.entrySet().stream().filter(each -> each.getValue() == null).map(Map.Entry::getKey).toList();
        }

        /** Once nothing is missing. */
        RuleOptions whole() {
            return new RuleOptions(there(minimumAge), there(areaPrefix), there(mostHomes), there(reviewWorkingDays),
                    there(objectionWorkingDays), there(moveInWorkingDays), there(flowDays), there(leastPlacements),
                    there(worseningTogether), there(riskEventsOverAllKinds), there(exemptFeePayer),
                    there(resultWorkingDays), there(recheckDays), there(warnWorkingDays), there(keepOriginalTime),
                    there(changeReviewWorkingDays), there(appointmentNoticeWorkingDays), there(assessWithinDays),
                    there(mostAppointmentChanges), unfinishedDays);
        }
    }

    /** Once it was checked. */
    RuleBook book(String id) {
        return new RuleBook(id, there(number).strip(), there(title).strip(), there(inForceFrom), there(inForceTo),
                List.of(), there(options).whole(), new ArticleTable(there(articles)), null);
    }

    Replacement act(RuleBook replaced, String decidedBy) {
        return new Replacement(replaced.id(), there(decidedOn), decidedBy, there(basis).strip());
    }

    private static <T> T there(@Nullable T given) {
        return Objects.requireNonNull(given);
    }
}
