package cn.cityapis.policy.document;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/issues")
@Tag(name = "公报", description = "已装载的各期公报")
class IssueController {

    private final Issues issues;

    IssueController(Issues issues) {
        this.issues = issues;
    }

    @GetMapping
    @Access(scope = "policy.read")
    @Operation(operationId = "listIssues", summary = "已装载的公报", description = "按年、期从新到旧。同一期可以既有摘要又有官方文本。")
    Mono<Page<Issues.LoadedIssue>> list(PageRequest page) {
        if (!page.isFirst() && !readable(page)) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        return issues.list(page).map(rows -> Page.of(rows, page, Issues.LoadedIssue::key));
    }

    private static boolean readable(PageRequest page) {
        return page.after().size() == 3 && page.after().get(0).matches("\\d{1,6}")
                && page.after().get(1).matches("\\d{1,6}") && page.after().get(2).matches("[0-9a-f-]{36}");
    }
}
