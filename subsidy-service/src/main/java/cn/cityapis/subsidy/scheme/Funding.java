package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who pays which part.
 *
 * @param oddFenTo who gets what does not divide
 */
@Schema(name = "SchemeFunding", description = "资金分担")
public record Funding(@Schema(description = "各方份额") List<Share> shares,
        @Schema(description = "不能整除的一分归谁承担") Party oddFenTo,
        @Schema(description = "收款方：person 个人；insurer 承保机构；organisation 获得支持的单位") Payee payee,
        @Schema(description = "依据") @Nullable Citation citation,
        @Schema(description = "说明（法规未明确之处）") @Nullable String note, @Schema(description = "是否为演示数据") boolean demo) {

    public Funding {
        shares = shares == null ? List.of() : List.copyOf(shares);
    }

    /** A level of government. */
    public enum Party {
        @JsonProperty("city")
        CITY, @JsonProperty("district")
        DISTRICT
    }

    /** Whose account the money goes to. */
    public enum Payee {
        @JsonProperty("person")
        PERSON, @JsonProperty("insurer")
        INSURER, @JsonProperty("organisation")
        ORGANISATION
    }

    @Schema(name = "SchemeShare", description = "一方的份额")
    public record Share(@Schema(description = "承担方") Party party,
            @Schema(description = "权重", example = "1") @JsonProperty(required = true) int weight) {
    }
}
