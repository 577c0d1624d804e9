package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A document as the API shows it: with its status on a day and links to its articles. */
@Schema(description = "一份文件：题录、在指定日期的效力、条目清单")
public record DocumentView(@Schema(description = "文件标识，各版本不变") UUID id,
        @Schema(description = "文号", example = "威民发〔2023〕17号") @Nullable String number,
        @Schema(description = "公报目录所列文号（与文件本身不一致时才出现）") @Nullable String contentsNumber,
        @Schema(description = "标题") String title,
        @Schema(description = "全部发文机关", example = "[\"威海市民政局\"]") List<String> organs,
        @Schema(description = "主送机关") @Nullable String addressees,
        @Schema(description = "成文日期", example = "2023-07-18") @Nullable LocalDate issued,
        @Schema(description = "施行日期（文中写明时）", example = "2023-07-18") @Nullable LocalDate inForce,
        @Schema(description = "有效期的最后一天", example = "2024-12-31") @Nullable LocalDate validUntil,
        @Schema(description = "日期经政策办公室核定时，所依据的出处；读自原文时不出现", example = "政策办公室存档原件") @Nullable String datesSource,
        @Schema(description = "是否试行、暂行") boolean trial,
        @Schema(description = "公报目录中的栏目", example = "民生保障") @Nullable String topic,
        @Schema(description = "是否收录了正文；false：只见于其他文件的引用，除文号、标题、效力和关系外没有内容", example = "true") boolean held,
        @Schema(description = "内容来源：official 官方文本；digest 本项目自行撰写的摘要，不是原文；未收录正文时不出现", example = "digest") @Nullable SourceKind sourceKind,
        @Schema(description = "在 statusOn 这一天的效力", example = "expired") Status status,
        @Schema(description = "效力说明，可直接展示", example = "已失效，有效期至2024年12月31日，期满后未见延续文件（试行文件）") String statusText,
        @Schema(description = "效力按这一天判断", example = "2026-11-21") LocalDate statusOn,
        @Schema(description = "版本号，从 1 起；0：未收录正文", example = "1") int version,
        @Schema(description = "全部版本") List<VersionReference> versions,
        @Schema(description = "所在公报") DocumentVersion.@Nullable IssueReference issue,
        @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7") String permalink,
        @Schema(description = "条目") List<ArticleReference> articles,
        @Schema(description = "制定依据") List<DocumentLink> restsOn,
        @Schema(description = "被哪些文件废止或取代") List<DocumentLink> repealedBy,
        @Schema(description = "废止或取代了哪些文件") List<DocumentLink> repeals,
        @Schema(description = "被哪些文件修改") List<DocumentLink> amendedBy,
        @Schema(description = "全部关系（两个方向）", example = "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/relations") String relations) {

    @Schema(description = "一个版本")
    public record VersionReference(@Schema(description = "版本号", example = "1") int version,
            @Schema(description = "内容来源", example = "digest") SourceKind sourceKind,
            @Schema(description = "装载时间") OffsetDateTime recordedAt) {
    }

    @Schema(description = "条目的题录")
    public record ArticleReference(@Schema(description = "条目编号：条用数字，其他编号逐级用点连接", example = "19") String key,
            @Schema(description = "原文编号", example = "第十九条") String label,
            @Schema(description = "所在章节", example = "第三章 能力评估") String heading,
            @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7/articles/19") String permalink) {
    }

    static DocumentView of(DocumentVersion shown, List<DocumentVersion> all, List<Article> articles,
            LinkedDocuments linked, @Nullable String datesSource, LocalDate day) {
        String link = Permalinks.document(shown.number(), shown.id());
        return new DocumentView(shown.id(), shown.number(), shown.contentsNumber(), shown.title(), shown.organs(),
                shown.addressees(), shown.validity().issued(), shown.validity().inForce(), shown.validity().until(),
                datesSource, shown.validity().trial(), shown.topic(), true, shown.sourceKind(),
                shown.standing().on(day),
                shown.standing().wording(day), day, shown.version(),
                all.stream().sorted(Comparator.comparing(DocumentVersion::version))
                        .map(one -> new VersionReference(one.version(), one.sourceKind(), one.recordedAt())).toList(),
                shown.issue(), link,
                articles.stream().map(article -> new ArticleReference(article.key(), article.label(),
                        article.heading(), Permalinks.article(link, article.key()))).toList(),
                linked.restsOn(), linked.repealedBy(), linked.repeals(), linked.amendedBy(),
                Permalinks.relations(shown.id()));
    }

    /** A document of which only citations are known. */
    static DocumentView of(Stub stub, LinkedDocuments linked, LocalDate day) {
        return new DocumentView(stub.id(), stub.number(), null, stub.name(), List.of(), null, null, null, null, null,
                false,
                null, false, null, stub.standing().on(day), stub.wording(day), day, 0, List.of(), null,
                Permalinks.document(stub.number(), stub.id()), List.of(), linked.restsOn(), linked.repealedBy(),
                linked.repeals(), linked.amendedBy(), Permalinks.relations(stub.id()));
    }
}
