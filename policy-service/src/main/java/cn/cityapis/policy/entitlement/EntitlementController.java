package cn.cityapis.policy.entitlement;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.text.Article;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1")
@Tag(name = "政策找企业", description = "支持条款：给谁、多少、依据哪一条；以及条目中的金额、期限、责任单位、受众")
class EntitlementController {

    @Schema(description = "支持条款，附各类受众的条数")
    record EntitlementPage(@Schema(description = "本页内容") List<Entitlement> items,
            @Schema(description = "下一页的翻页标记；没有下一页时不出现") @Nullable String nextCursor,
            @Schema(description = "其他条件下各类受众的条数；只在第一页给出，后续各页为空") List<AudienceFacet> audiences) {
    }

    @Schema(description = "一类受众的条数")
    record AudienceFacet(@Schema(description = "代码", example = "high-tech-enterprise") String code,
            @Schema(description = "名称", example = "高新技术企业") String name,
            @Schema(description = "条数", example = "3") long count) {
    }

    @Schema(description = "受众词表")
    record Vocabulary(@Schema(description = "全部受众") List<Audiences.Audience> items) {
    }

    @Schema(description = "一份文件的事实，按条目")
    record DocumentFacts(@Schema(description = "文件标识") UUID documentId,
            @Schema(description = "有事实的条目") List<ArticleFacts> items) {
    }

    @Schema(description = "一个条目中的事实")
    record ArticleFacts(@Schema(description = "条目编号", example = "2.4.17") String articleKey,
            @Schema(description = "固定链接") String permalink, @Schema(description = "金额、比例") List<Amount> amounts,
            @Schema(description = "期限") List<Deadlines.Deadline> deadlines,
            @Schema(description = "责任单位") List<ResponsibleOrgans.Organ> organs,
            @Schema(description = "受众") List<Audiences.Mention> audiences) {

        static ArticleFacts of(String document, Article article) {
            String text = article.text();
            return new ArticleFacts(article.key(), Permalinks.article(document, article.key()), AmountRules.find(text),
                    Deadlines.find(text), ResponsibleOrgans.find(text), Audiences.shipped().mentions(text));
        }

        boolean any() {
            return !(amounts.isEmpty() && deadlines.isEmpty() && organs.isEmpty() && audiences.isEmpty());
        }
    }

    private final Entitlements entitlements;
    private final Documents documents;
    private final Clock clock;

    EntitlementController(Entitlements entitlements, Documents documents, Clock clock) {
        this.entitlements = entitlements;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping("/entitlements")
    @Access(scope = "policy.read")
    @Operation(operationId = "listEntitlements", summary = "查支持条款", description = "现行版本中的奖励、补助、贴息等条款，附条件、金额、责任单位、依据的条目和文件的效力。现行有效的在前，已失效的仍列出并标明，除非用 validOn 限定；点名这类受众的在前，针对其上位类别的在后。")
    Mono<EntitlementPage> list(@ParameterObject EntitlementParameters parameters, PageRequest page) {
        Entitlements.Filter filter = parameters.understood(LocalDate.now(clock));
        Place after = Place.of(page);
        return Mono.zip(entitlements.list(filter, after.rank(), after.id(), page.rowsToRead()),
                page.isFirst() ? entitlements.counts(filter) : Mono.just(List.<Entitlements.AudienceCount>of()))
                .flatMap(found -> {
                    Page<Entitlements.Row> shown = Page.of(found.getT1(), page,
                            row -> List.of(String.valueOf(row.rank()), row.id().toString()));
                    return views(shown.items(), filter.day()).map(items -> new EntitlementPage(items,
                            shown.nextCursor(),
                            found.getT2().stream().map(EntitlementController::facet).toList()));
                });
    }

    private Mono<List<Entitlement>> views(List<Entitlements.Row> rows, LocalDate day) {
        return documents.current(rows.stream().map(Entitlements.Row::work).distinct().toList()).map(current -> {
            Map<UUID, DocumentVersion> byVersion = current.stream()
                    .collect(Collectors.toMap(DocumentVersion::versionId, Function.identity()));
            // a version replaced since the rows were read is left out
            return rows.stream().filter(row -> byVersion.containsKey(row.version()))
                    .map(row -> view(row, Objects.requireNonNull(byVersion.get(row.version())), day)).toList();
        });
    }

    @GetMapping("/entitlements/audiences")
    @Access(scope = "policy.read", goodForAllSeconds = 60)
    @Operation(operationId = "listAudiences", summary = "受众词表", description = "可用于 audience 的代码、名称和叫法。")
    Mono<Vocabulary> audiences() {
        return Mono.just(new Vocabulary(Audiences.shipped().all()));
    }

    @GetMapping("/documents/{id}/facts")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocumentFacts", summary = "一份文件中的金额、期限、责任单位、受众", description = "按条目列出现行版本中的事实，附在条目内容中的位置。")
    Mono<DocumentFacts> facts(@PathVariable UUID id) {
        return documents.current(List.of(id)).filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND)))
                .map(List::getFirst).flatMap(document -> documents.articles(List.of(document.versionId()))
                        .map(all -> facts(document, all.getOrDefault(document.versionId(), List.of()))));
    }

    private static DocumentFacts facts(DocumentVersion document, List<Article> articles) {
        String link = Permalinks.document(document.number(), document.id());
        return new DocumentFacts(document.id(), articles.stream().map(article -> ArticleFacts.of(link, article))
                .filter(ArticleFacts::any).toList());
    }

    private static Entitlement view(Entitlements.Row row, DocumentVersion document, LocalDate day) {
        String link = Permalinks.document(document.number(), document.id());
        return new Entitlement(row.id(), row.detail().who(), row.detail().condition(), row.audiences(), row.support(),
                row.detail().amount(), row.organs(), document.id(), document.number(), document.title(),
                document.sourceKind(), row.articleKey(), row.articleLabel(), Permalinks.article(link, row.articleKey()),
                document.standing().on(day), document.standing().wording(day), day);
    }

    private static AudienceFacet facet(Entitlements.AudienceCount count) {
        return new AudienceFacet(count.code(),
                Audiences.shipped().find(count.code()).map(Audiences.Audience::name).orElse(count.code()),
                count.count());
    }

    /** Where a page ended. */
    private record Place(int rank, UUID id) {

        static Place of(PageRequest page) {
            try {
                return page.isFirst()
                        ? new Place(-1, new UUID(0, 0))
                        : new Place(Integer.parseInt(page.after().get(0)), UUID.fromString(page.after().get(1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException forged) {
                throw ProblemException.of(CommonProblem.INVALID_CURSOR);
            }
        }
    }
}
