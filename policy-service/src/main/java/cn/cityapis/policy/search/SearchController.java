package cn.cityapis.policy.search;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/documents")
@Tag(name = "检索", description = "全文检索，命中到条")
class SearchController {

    private static final int LONGEST_QUERY = 500;
    private static final int LONGEST_FILTER = 100;

    private final SearchArticles search;
    private final Snippets snippets;
    private final ArticleIndex index;
    private final Clock clock;

    SearchController(SearchArticles search, Snippets snippets, ArticleIndex index, Clock clock) {
        this.search = search;
        this.snippets = snippets;
        this.index = index;
        this.clock = clock;
    }

    @GetMapping
    @Access(scope = "policy.read")
    @Operation(operationId = "searchDocuments", summary = "检索文件", description = "输入词语、问句或任意写法的文号。现行有效的排在失效的之前；失效的仍会列出并标明，除非用 validOn 或 status 限定。")
    Mono<SearchAnswer> search(
            @Parameter(description = "要找的内容，最长 500 字", example = "老年人能力评估费用", required = true, schema = @Schema(type = "string", minLength = 1, maxLength = LONGEST_QUERY)) @RequestParam(required = false) @Nullable String q,
            @Parameter(description = "只要在这一天有效的文件", example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate validOn,
            @Parameter(description = "只要今天处于这种效力的文件", example = "expired", schema = @Schema(type = "string", allowableValues = {
                    "in-force", "not-yet-in-force", "expired", "repealed",
                    "unknown"})) @RequestParam(required = false) @Nullable String status,
            @Parameter(description = "只要这个发文机关的文件（全称）", example = "威海市民政局", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @RequestParam(required = false) @Nullable String issuer,
            @Parameter(description = "只要这个栏目的文件", example = "民生保障", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @RequestParam(required = false) @Nullable String topic,
            PageRequest page) {
        Violations wrong = new Violations();
        String text = text(q, wrong);
        Optional<Status> wanted = status(status, wrong);
        filter("?issuer", issuer, wrong);
        filter("?topic", topic, wrong);
        wrong.throwIfAny();
        SearchRequest request = new SearchRequest(text, LocalDate.now(clock), validOn, wanted.orElse(null), issuer,
                topic,
                page.limit(), place(page));
        return index.complete()
                ? search.search(request, snippets)
                : Mono.error(ProblemException.of(PolicyProblem.INDEX_BUILDING));
    }

    private static String text(@Nullable String q, Violations wrong) {
        String text = q == null ? "" : q.strip();
        if (text.isEmpty()) {
            wrong.add("?q", "missing", "请输入要找的内容");
        } else if (text.length() > LONGEST_QUERY) {
            wrong.add("?q", "too-long", "要找的内容最长 " + LONGEST_QUERY + " 字");
        }
        return text;
    }

    private static Optional<Status> status(@Nullable String asked, Violations wrong) {
        if (asked == null) {
            return Optional.empty();
        }
        Optional<Status> found = Arrays.stream(Status.values()).filter(status -> status.code().equals(asked))
                .findFirst();
        if (found.isEmpty()) {
            wrong.add("?status", "unknown-value",
                    "应为以下之一：" + Arrays.stream(Status.values()).map(Status::code).collect(Collectors.joining("、")));
        }
        return found;
    }

    private static void filter(String pointer, @Nullable String value, Violations wrong) {
        if (value != null && (value.isBlank() || value.length() > LONGEST_FILTER)) {
            wrong.add(pointer, "wrong-length", "应为 1 至 " + LONGEST_FILTER + " 字");
        }
    }

    private static Optional<SearchRequest.Place> place(PageRequest page) {
        List<String> after = page.after();
        if (after.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SearchRequest.Place(Float.parseFloat(after.get(0)), after.get(1)));
        } catch (NumberFormatException | IndexOutOfBoundsException forged) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
