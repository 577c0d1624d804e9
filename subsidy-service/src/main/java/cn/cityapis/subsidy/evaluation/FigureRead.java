package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Scheme;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A figure of the law, or an option, that a step of the evaluation read. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "计算中用到的法定数值或选项")
public record FigureRead(@Schema(description = "名称", example = "maxDoctorAge") String id,
        @Schema(description = "中文名称") String label, @Schema(description = "数值", example = "45") long value,
        @Schema(description = "单位") Figure.Unit unit, @Schema(description = "批次") String cohort,
        @Schema(description = "依据") @Nullable CitationView citation,
        @Schema(description = "说明") @Nullable String note) implements Lasting {

    static FigureRead of(Scheme scheme, Figure figure, Figure.Dated dated, boolean demo) {
        Citation citation = dated.citation();
        return new FigureRead(figure.id(), figure.label(), dated.value(), figure.unit(), dated.cohort(),
                citation == null ? null : CitationView.of(scheme, citation, demo || dated.demo()), dated.note());
    }
}
