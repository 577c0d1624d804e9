package cn.cityapis.policy.document;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleKey;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Node;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/documents")
@Tag(name = "文件", description = "按文号或标识查阅文件、条目、结构和全文")
class DocumentController {

    private static final String ON = "效力按这一天判断，默认今天";
    private static final String VERSION = "版本号，默认现行版本（官方文本先于摘要，新版先于旧版）";
    private static final String ARTICLE = "条目编号：19、第十九条，或逐级编号 2.4.15";

    private final Documents documents;
    private final Links links;
    private final Clock clock;

    DocumentController(Documents documents, Links links, Clock clock) {
        this.documents = documents;
        this.links = links;
        this.clock = clock;
    }

    @GetMapping("/{id}")
    @Access(scope = "policy.read")
    @Operation(operationId = "getDocument", summary = "一份文件的题录与条目清单", description = "效力由日期推算，不存储；sourceKind 说明内容是官方文本还是摘要。")
    Mono<DocumentView> document(@PathVariable UUID id,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return view(id, on, version);
    }

    @GetMapping("/by-number/{number}")
    @Access(scope = "policy.read")
    @Operation(operationId = "getDocumentByNumber", summary = "按文号查阅文件", description = "文号的各种写法都能识别：〔〕【】[]()、全角数字、空格，如“威民发[2023]17”。")
    Mono<DocumentView> byNumber(@Parameter(description = "文号", example = "威民发〔2023〕17号") @PathVariable String number,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return find(number).flatMap(id -> view(id, on, version));
    }

    @GetMapping("/{id}/articles/{article}")
    @Access(scope = "policy.read")
    @Operation(operationId = "getArticle", summary = "一个条目的全文", description = "条、项都可以；附带引用所需的文号、效力。")
    Mono<ArticleView> article(@PathVariable UUID id,
            @Parameter(description = ARTICLE, example = "19") @PathVariable String article,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return articleView(id, article, on, version);
    }

    @GetMapping("/by-number/{number}/articles/{article}")
    @Access(scope = "policy.read")
    @Operation(operationId = "getArticleByNumber", summary = "按文号查阅一个条目", description = "固定链接，供其他系统引用。")
    Mono<ArticleView> articleByNumber(
            @Parameter(description = "文号", example = "威民发〔2023〕17号") @PathVariable String number,
            @Parameter(description = ARTICLE, example = "19") @PathVariable String article,
            @Parameter(description = ON, example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return find(number).flatMap(id -> articleView(id, article, on, version));
    }

    @GetMapping("/{id}/tree")
    @Access(scope = "policy.read")
    @Operation(operationId = "getDocumentTree", summary = "文件的结构树", description = "章、条、项、段、表、附件；依次连起来就是全文。")
    Mono<Node> tree(@PathVariable UUID id,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return shown(id, version).flatMap(all -> documents.tree(all.getFirst().versionId()));
    }

    @GetMapping(path = "/{id}/text", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Access(scope = "policy.read")
    @Operation(operationId = "getDocumentText", summary = "文件全文（纯文本）", description = "一个节点一行，表格单元以制表符分隔；摘要的首行注明是摘要。")
    Mono<String> text(@PathVariable UUID id,
            @Parameter(description = VERSION, example = "1") @RequestParam(required = false) @Nullable Integer version) {
        return shown(id, version).flatMap(all -> documents.tree(all.getFirst().versionId())
                .map(tree -> switch (all.getFirst().sourceKind()) {
                    case DIGEST -> "（摘要，不是官方文本）\n" + tree.plain() + "\n";
                    case OFFICIAL -> tree.plain() + "\n";
                }));
    }

    private Mono<DocumentView> view(UUID id, @Nullable LocalDate on, @Nullable Integer version) {
        Mono<DocumentView> held = shown(id, version).flatMap(all -> documents.articles(all.getFirst().versionId())
                .flatMap(articles -> links.of(all.getFirst().id())
                        .map(linked -> DocumentView.of(all.getFirst(), all, articles, linked, day(on)))));
        return version != null
                ? held
                : links.stub(id).flatMap(
                        stub -> links.of(stub.id()).map(linked -> DocumentView.of(stub, linked, day(on))))
                        .switchIfEmpty(held);
    }

    private Mono<ArticleView> articleView(UUID id, String article, @Nullable LocalDate on, @Nullable Integer version) {
        return shown(id, version).flatMap(all -> documents.articles(all.getFirst().versionId())
                .map(articles -> ArticleView.of(all.getFirst(), pick(articles, article), day(on))));
    }

    /** All versions, the one asked for first. */
    private Mono<List<DocumentVersion>> shown(UUID id, @Nullable Integer version) {
        Function<List<DocumentVersion>, List<DocumentVersion>> first = all -> version == null
                ? all
                : all.stream()
                        .sorted((a, b) -> Boolean.compare(b.version() == version, a.version() == version)).toList();
        return documents.versions(id)
                .switchIfEmpty(links.stub(id).flatMap(stub -> Mono.error(ProblemException
                        .of(PolicyProblem.DOCUMENT_NOT_HELD))))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND)))
                .map(first).doOnNext(all -> {
                    if (version != null && all.getFirst().version() != version) {
                        throw ProblemException.of(PolicyProblem.VERSION_NOT_FOUND);
                    }
                });
    }

    private Mono<UUID> find(String number) {
        DocumentNumber read = DocumentNumber.parse(number)
                .orElseThrow(() -> ProblemException.of(CommonProblem.VALIDATION_FAILED, "文号应如“威民发〔2023〕17号”",
                        List.of(new Violation("/number", "wrong-format", "文号应如“威民发〔2023〕17号”"))));
        return documents.byNumber(read).switchIfEmpty(
                Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND, "没有找到文号为" + read + "的文件")));
    }

    private static Article pick(List<Article> articles, String asked) {
        return ArticleKey.find(articles, asked).orElseThrow(() -> ProblemException.of(PolicyProblem.ARTICLE_NOT_FOUND));
    }

    private LocalDate day(@Nullable LocalDate on) {
        return on == null ? LocalDate.now(clock) : on;
    }
}
