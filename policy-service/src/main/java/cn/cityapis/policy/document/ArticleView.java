package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One article with what is needed to cite it. */
@Schema(description = "一个条目的全文，以及引用所需的文号、效力")
public record ArticleView(@Schema(description = "条目编号", example = "19") String key,
        @Schema(description = "条的序号（非条款的编号没有）", example = "19") @Nullable Integer number,
        @Schema(description = "原文编号", example = "第十九条") String label,
        @Schema(description = "所在章节", example = "第三章 能力评估") String heading, @Schema(description = "条目内容") String text,
        @Schema(description = "所属文件的标识") UUID documentId,
        @Schema(description = "所属文件的文号", example = "威民发〔2023〕17号") @Nullable String documentNumber,
        @Schema(description = "所属文件的标题") String documentTitle,
        @Schema(description = "内容来源：official 官方文本；digest 摘要", example = "digest") SourceKind sourceKind,
        @Schema(description = "版本号", example = "1") int version,
        @Schema(description = "在 statusOn 这一天的效力", example = "expired") Status status,
        @Schema(description = "效力说明", example = "已失效，有效期至2024年12月31日，期满后未见延续文件（试行文件）") String statusText,
        @Schema(description = "效力按这一天判断", example = "2026-11-21") LocalDate statusOn,
        @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7/articles/19") String permalink) {

    static ArticleView of(DocumentVersion document, Article article, LocalDate day) {
        return new ArticleView(article.key(), article.number(), article.label(), article.heading(), article.text(),
                document.id(), document.number(), document.title(), document.sourceKind(), document.version(),
                document.standing().on(day), document.standing().wording(day), day,
                Permalinks.article(Permalinks.document(document.number(), document.id()), article.key()));
    }
}
