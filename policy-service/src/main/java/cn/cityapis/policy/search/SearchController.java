package cn.cityapis.policy.search;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1")
@Tag(name = "检索", description = "全文检索，命中到条")
class SearchController {

    private static final int LONGEST_TYPED = 100;
    private static final int MOST_SUGGESTIONS = 20;
    private static final int USUAL_SUGGESTIONS = 8;

    private final ArticleSearch search;
    private final Clock clock;

    SearchController(ArticleSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    @GetMapping("/documents")
    @Access(scope = "policy.read")
    @Operation(operationId = "searchDocuments", summary = "检索文件", description = "输入词语、问句、拼音或任意写法的文号。现行有效的排在失效的之前；失效的仍会列出并标明，除非用 validOn 或 status 限定。没有完全符合的内容时给出最接近的，并说明去掉了什么。")
    Mono<SearchAnswer> search(@ParameterObject SearchParameters parameters, PageRequest page) {
        SearchRequest request = parameters.understood(LocalDate.now(clock), page);
        return search.ready() ? search.search(request) : building();
    }

    @Schema(description = "输入提示，最合适的在前")
    record Suggested(@Schema(description = "提示") List<Suggestion> items) {
    }

    @GetMapping("/suggestions")
    @Access(scope = "policy.read")
    @Operation(operationId = "suggest", summary = "输入提示", description = "边输入边提示标题、文号、栏目和机关；可输入汉字、拼音、首字母或混合。")
    Mono<Suggested> suggest(
            @Parameter(description = "已输入的内容，最长 100 字", example = "yljg", required = true, schema = @Schema(type = "string", minLength = 1, maxLength = LONGEST_TYPED)) @RequestParam(required = false) @Nullable String q,
            @Parameter(description = "至多几条（1 至 20）", schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "20", defaultValue = "8")) @RequestParam(required = false) @Nullable String limit) {
        Violations wrong = new Violations();
        String typed = q == null ? "" : q.strip();
        if (typed.isEmpty()) {
            wrong.add("?q", "missing", "请输入要找的内容");
        } else if (typed.length() > LONGEST_TYPED) {
            wrong.add("?q", "too-long", "最长 " + LONGEST_TYPED + " 字");
        }
        int most = limit == null ? USUAL_SUGGESTIONS : limit.matches("\\d{1,2}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST_SUGGESTIONS) {
            wrong.add("?limit", "out-of-range", "应为 1 至 " + MOST_SUGGESTIONS);
        }
        wrong.throwIfAny();
        return search.ready() ? search.suggest(typed, most).map(Suggested::new) : building();
    }

    private static <T> Mono<T> building() {
        return Mono.error(ProblemException.of(PolicyProblem.INDEX_BUILDING));
    }
}
