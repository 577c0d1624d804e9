package cn.cityapis.policy.relation;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.List;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.document.Documents;
import cn.cityapis.policy.document.Links;
import cn.cityapis.policy.relation.RelationView.Direction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/documents")
@Tag(name = "关系与效力", description = "文件之间的依据、废止、修改、引用，任意一天的效力，即将到期的文件")
class RelationController {

    private static final int MOST_DAYS = 3660;

    private final Relations relations;
    private final Expiring expiring;
    private final Documents documents;
    private final Links links;
    private final Clock clock;

    RelationController(Relations relations, Expiring expiring, Documents documents, Links links, Clock clock) {
        this.relations = relations;
        this.expiring = expiring;
        this.documents = documents;
        this.links = links;
        this.clock = clock;
    }

    @GetMapping("/{id}/relations")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listRelations", summary = "一份文件与其他文件的关系", description = "两个方向：它依据、印发、废止、修改、引用了谁，谁又这样对它。取自各文件现行版本，按原文先后。只见于引用、正文未收录的文件也列出（held=false）。")
    Mono<Page<RelationView>> relations(@PathVariable UUID id,
            @Parameter(description = "只要这个方向", example = "outgoing", schema = @Schema(type = "string", allowableValues = {
                    "outgoing", "incoming"})) @RequestParam(required = false) @Nullable String direction,
            @Parameter(description = "只要这种关系", example = "basis", schema = @Schema(type = "string", allowableValues = {
                    "basis", "transmits", "repeals", "replaces", "amends", "interprets", "supplements", "extends",
                    "cites",
                    "earlier-rules-yield",
                    "external-attachment"})) @RequestParam(required = false) @Nullable String kind,
            PageRequest page) {
        Violations wrong = new Violations();
        Optional<Direction> way = choose(direction, Direction.values(), Direction::code, "?direction", wrong);
        Optional<RelationKind> wanted = choose(kind, RelationKind.values(), RelationKind::code, "?kind", wrong);
        wrong.throwIfAny();
        requireReadable(page, List.of(UUID::fromString));
        return relations.work(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND)))
                .flatMap(work -> relations.list(work, way, wanted, page))
                .map(rows -> Page.of(rows, page, row -> List.of(row.id().toString())));
    }

    @GetMapping("/{id}/status")
    @Access(scope = "policy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDocumentStatus", summary = "一份文件在某一天是否有效", description = "由文件自己的日期和其他文件的废止推算，不存储；先到者为准：已经期满的，不再算作废止。未收录正文的文件也可以查。")
    Mono<StatusView> status(@PathVariable UUID id,
            @Parameter(description = "哪一天，默认今天", example = "2024-06-30") @RequestParam(required = false) @Nullable LocalDate on) {
        LocalDate day = on == null ? LocalDate.now(clock) : on;
        return relations.work(id)
                .flatMap(work -> documents.current(List.of(work)).filter(found -> !found.isEmpty())
                        .map(found -> StatusView.of(found.getFirst(), day))
                        .switchIfEmpty(links.stub(work).map(stub -> StatusView.of(stub, day))))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DOCUMENT_NOT_FOUND)));
    }

    @GetMapping("/expiring")
    @Access(scope = "policy.read")
    @Operation(operationId = "listExpiringDocuments", summary = "即将期满的文件", description = "有效期在今天起 days 天内届满的文件，先到期的在前；已被废止的不列。past=true 时同时列出最近 days 天内已经期满的。")
    Mono<Page<StatusView>> expiring(
            @Parameter(description = "多少天之内，1 至 3660", example = "90", schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "3660")) @RequestParam(defaultValue = "90") int days,
            @Parameter(description = "是否也列出最近 days 天内已经期满的", example = "false") @RequestParam(defaultValue = "false") boolean past,
            PageRequest page) {
        Violations wrong = new Violations();
        if (days < 1 || days > MOST_DAYS) {
            wrong.add("?days", "out-of-range", "应为 1 至 " + MOST_DAYS);
        }
        wrong.throwIfAny();
        requireReadable(page, List.of(LocalDate::parse, UUID::fromString));
        LocalDate today = LocalDate.now(clock);
        return expiring.between(past ? today.minusDays(days) : today, today.plusDays(days), page)
                .map(rows -> Page.of(rows, page, Expiring::key)).map(found -> new Page<>(
                        found.items().stream().map(one -> StatusView.of(one, today)).toList(), found.nextCursor()));
    }

    private static <T> Optional<T> choose(@Nullable String asked, T[] values, Function<T, String> code, String pointer,
            Violations wrong) {
        if (asked == null) {
            return Optional.empty();
        }
        Optional<T> found = Arrays.stream(values).filter(value -> code.apply(value).equals(asked)).findFirst();
        if (found.isEmpty()) {
            wrong.add(pointer, "unknown-value",
                    "应为以下之一：" + Arrays.stream(values).map(code).collect(Collectors.joining("、")));
        }
        return found;
    }

    private static void requireReadable(PageRequest page, List<Consumer<String>> parts) {
        try {
            boolean complete = page.isFirst() || page.after().size() == parts.size();
            for (int i = 0; complete && !page.isFirst() && i < parts.size(); i++) {
                parts.get(i).accept(page.after().get(i));
            }
            if (complete) {
                return;
            }
        } catch (IllegalArgumentException | DateTimeException forged) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        throw ProblemException.of(CommonProblem.INVALID_CURSOR);
    }
}
