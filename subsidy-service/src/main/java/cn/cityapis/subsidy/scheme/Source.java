package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule is known from.
 *
 * @param number document number, of an official document
 * @param year of a report
 */
@Schema(name = "SchemeSource", description = "规则的来源")
public record Source(@Schema(description = "来源编号，供本方案内引用", example = "weijinjianfa-2023-25") String id,
        @Schema(description = "来源类型：document 为正式文件，report 为报道") Kind kind,
        @Schema(description = "标题") String title,
        @Schema(description = "文号（正式文件才有）", example = "威金监发〔2023〕25号") @Nullable String number,
        @Schema(description = "年份", example = "2023") @Nullable Integer year) {

    /** A report is never shown as if it were the law. */
    public enum Kind {
        @JsonProperty("document")
        DOCUMENT, @JsonProperty("report")
        REPORT
    }
}
