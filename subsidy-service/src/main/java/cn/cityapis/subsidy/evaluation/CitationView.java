package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.Source;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A citation as it is shown.
 *
 * @param link where policy-service answers with the text
 * @param demo the terms are made up for the demonstration
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Citation", description = "依据")
public record CitationView(@Schema(description = "来源类型：document 正式文件；report 报道") Source.Kind kind,
        @Schema(description = "标题") String title,
        @Schema(description = "文号", example = "威金监发〔2023〕25号") @Nullable String number,
        @Schema(description = "条次", example = "5") @Nullable Integer article,
        @Schema(description = "项次（分部分编号的文件）", example = "2.4.15") @Nullable String item,
        @Schema(description = "年份", example = "2023") @Nullable Integer year,
        @Schema(description = "条文地址（政策服务）") @Nullable String link,
        @Schema(description = "是否为演示数据") boolean demo) implements Lasting {

    public static CitationView of(Scheme scheme, Citation citation, boolean demo) {
        Source source = scheme.source(citation.source()).orElseThrow();
        return new CitationView(source.kind(), source.title(), source.number(), citation.article(),
                citation.item(), source.year(),
                link(source, citation), demo);
    }

    private static @Nullable String link(Source source, Citation citation) {
        if (source.number() == null) {
            return null;
        }
        String document = "/api/policy/v1/documents/by-number/"
                + URLEncoder.encode(source.number(), StandardCharsets.UTF_8);
        if (citation.item() != null) {
            return document + "/articles/" + citation.item();
        }
        return citation.article() == null ? document : document + "/articles/" + citation.article();
    }

    /** As people write it: 《…》（文号）第5条. */
    public String text() {
        StringBuilder text = new StringBuilder(kind == Source.Kind.REPORT ? title : "《" + title + "》");
        if (number != null) {
            text.append('（').append(number).append('）');
        }
        if (article != null) {
            text.append("第").append(article).append("条");
        }
        if (item != null) {
            text.append("第").append(item.substring(item.lastIndexOf('.') + 1)).append("项");
        }
        if (number == null && year != null) {
            text.append('（').append(year).append(" 年报道）");
        }
        return text.append(demo ? "［演示］" : "").toString();
    }
}
