package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which source says so, and where in it.
 *
 * @param article number of the article, if the source has articles
 * @param item path of the item, if the source is divided into sections and numbered items: 2.4.15 for 二、（四）15
 */
@Schema(name = "SchemeCitation", description = "依据：来源及条次")
@JsonInclude(JsonInclude.Include.NON_NULL)
// what is served may be proposed again
@JsonIgnoreProperties(value = "exact", allowGetters = true)
public record Citation(@Schema(description = "来源编号") String source,
        @Schema(description = "条次", example = "5") @Nullable Integer article,
        @Schema(description = "项次（分部分编号的文件）", example = "2.4.15") @Nullable String item) {

    @Schema(description = "是否具体到条或项；由 article、item 得出，提交时可以不填")
    public boolean isExact() {
        return article != null || item != null;
    }
}
