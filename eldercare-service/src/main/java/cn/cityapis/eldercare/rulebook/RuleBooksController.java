package cn.cityapis.eldercare.rulebook;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The rule books in their order, and the operator's act that lets another take the place of the last. */
@RestController
@RequestMapping("/api/eldercare/v1/rule-books")
@Tag(name = "办法", description = "现行轮候办法、效力与延长决定")
class RuleBooksController {

    private final RuleBooks books;
    private final OptionProposals proposals;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    RuleBooksController(RuleBooks books, OptionProposals proposals, Idempotency idempotency, Outbox outbox, Audit audit,
            Ids ids, Clock clock) {
        this.books = books;
        this.proposals = proposals;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Schema(description = "一部办法：效力、数值与选项、各项规则的条次")
    record RuleBookEntry(@Schema(description = "编号", example = "2023-17") String id, RuleBookReference ruleBook,
            RuleOptions options,
            @Schema(description = "各项规则在本办法中的条次（以威民发〔2023〕17号的条次为键）；为空表示该办法本身", example = "{\"5\":6}") Map<Integer, Integer> articles) {
    }

    @GetMapping
    @Access(scope = "eldercare.read", goodForAllSeconds = 2)
    @Operation(operationId = "listRuleBooks", summary = "各时期的办法，最近施行的在前", description = "申请依其提交之日所适用的办法办理；被接替的办法继续适用于此前提交的申请。")
    Mono<Page<RuleBookEntry>> list(PageRequest page) {
        LocalDate before = before(page);
        return books.shelf().map(shelf -> {
            List<RuleBook> rows = shelf.books().reversed().stream()
                    .filter(book -> before == null || book.inForceFrom().isBefore(before))
                    .limit(page.rowsToRead())
                    .toList();
            Page<RuleBook> found = Page.of(rows, page, book -> List.of(book.inForceFrom().toString()));
            return new Page<>(found.items().stream().map(this::entry).toList(), found.nextCursor());
        });
    }

    @GetMapping("/{ruleBookId}/options")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listRuleOptions", summary = "一部办法各时期的数值与选项，最近的在前", description = "申请依其首次提交之日所适用的选项办理。")
    Mono<List<DatedOptions>> options(
            @Parameter(description = "办法编号", example = "2023-17") @PathVariable("ruleBookId") String id) {
        return proposals.of(id).filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    @PostMapping
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "replaceRuleBook", summary = "登记一部接替现行办法的新办法", description = "自施行之日起适用于其后提交的申请；此前提交的仍依原办法。缺项、与原办法重叠及其他不符之处一次列出。")
    Mono<ResponseEntity<RuleBookEntry>> replace(IdempotencyKey key, Caller caller,
            @RequestBody ReplaceRequest request) {
        return idempotency.execute(key, request, () -> books.lockShelf().flatMap(shelf -> {
            Violations violations = new Violations();
            ReplacementRules.check(request, shelf, LocalDate.now(clock), violations);
            violations.throwIfAny();
            RuleBook book = request.book(ids.next().toString());
            Replacement act = request.act(shelf.latest(), caller.org() == null ? caller.subject() : caller.org());
            return books.insert(book, act).then(record(caller, book, act))
                    .then(books.named(book.id()))
                    .map(stored -> ResponseEntity.status(HttpStatus.CREATED).body(entry(stored)));
        }));
    }

    private Mono<Void> record(Caller caller, RuleBook book, Replacement act) {
        return audit.record(caller, "rule-book.replace", "rule-book", book.id(),
                Map.of("number", book.number(), "replaces", act.replaces(), "inForceFrom",
                        book.inForceFrom().toString(), "decidedOn", act.decidedOn().toString()))
                .then(outbox.publish("eldercare.rule-book.replaced", "rule-books/" + act.replaces(),
                        Map.of("ruleBookId", book.id(), "inForceFrom", book.inForceFrom().toString())));
    }

    private RuleBookEntry entry(RuleBook book) {
        return new RuleBookEntry(book.id(), book.referenceOn(LocalDate.now(clock)), book.options(),
                book.articles().ownArticles());
    }

    private static @Nullable LocalDate before(PageRequest page) {
        try {
            return page.isFirst() ? null : LocalDate.parse(page.after().getFirst());
        } catch (DateTimeParseException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
