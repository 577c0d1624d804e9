package cn.cityapis.subsidy.scheme;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which source says so, and where in it.
 *
 * @param article number of the article, if the source has articles
 */
@Schema(name = "SchemeCitation", description = "依据：来源及条次")
public record Citation(@Schema(description = "来源编号") String source,
        @Schema(description = "条次", example = "5") @Nullable Integer article) {
}
