package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How an application runs.
 *
 * @param closedBecause why persons cannot apply themselves; null if they can
 * @param windows in which applications are taken; empty: at any time
 * @param papers the materials that are handed in electronically; empty in documents that do not say
 * @param firstReviewWorkingDays null: no deadline is set
 * @param publicNoticeDays calendar days of the public notice; 0: none
 */
@Schema(name = "SchemeProcess", description = "办理程序")
// what is served may be proposed again
@JsonIgnoreProperties(value = "openToPersons", allowGetters = true)
public record Process(@Schema(description = "个人不能直接申请的原因；可以申请则空") @Nullable String closedBecause,
        @Schema(description = "申报期；空为常年受理") List<Window> windows,
        @Schema(description = "初审期限（工作日）") @Nullable Integer firstReviewWorkingDays,
        @Schema(description = "公示天数，0 为不公示", example = "5") @JsonProperty(required = true) int publicNoticeDays,
        @Schema(description = "所需材料") List<String> materials,
        @Schema(description = "电子材料的类别，及是否须在提交前上传；未写明的方案，各项所需材料依次为 material-1、material-2……，均可上传而不必须") List<Paper> papers,
        @Schema(description = "依据") @Nullable Citation citation,
        @Schema(description = "说明（法规未明确之处）") @Nullable String note,
        @Schema(description = "是否为演示数据") boolean demo) {

    public Process {
        windows = windows == null ? List.of() : List.copyOf(windows);
        materials = materials == null ? List.of() : List.copyOf(materials);
        papers = papers == null ? List.of() : List.copyOf(papers);
    }

    @Schema(description = "个人能否直接申请；由 closedBecause 得出，提交时可以不填")
    public boolean isOpenToPersons() {
        return closedBecause == null;
    }

    /** Whether an application may be submitted on this day. */
    public boolean takesOn(LocalDate day) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(day));
    }

    /** What can be handed in; where the document does not say, each material by its place, and none must. */
    public List<Paper> paperKinds() {
        return papers.isEmpty()
                ? IntStream.range(0, materials.size())
                        .mapToObj(place -> new Paper("material-" + (place + 1), materials.get(place), false)).toList()
                : papers;
    }

    /** One of the materials, as a file. */
    @Schema(name = "SchemePaper", description = "一类电子材料")
    public record Paper(@Schema(description = "类别", example = "identity") String kind,
            @Schema(description = "所需材料中的哪一项", example = "身份证明") String material,
            @Schema(description = "是否须在提交前上传") boolean required) {
    }

    /** Both days are in it. */
    @Schema(name = "SchemeWindow", description = "一段申报期（含首尾两日）")
    public record Window(@Schema(description = "开始日") LocalDate from, @Schema(description = "截止日") LocalDate until) {

        boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }

        public String text() {
            return from + " 至 " + until;
        }
    }
}
