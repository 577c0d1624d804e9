package cn.cityapis.eldercare.rulebook;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The rule in force, and the operator's acts that extend it. */
@RestController
@RequestMapping("/api/eldercare/v1/rule-books/current")
@Tag(name = "办法", description = "现行轮候办法、效力与延长决定")
class RuleBookController {

    private final RuleBooks books;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    RuleBookController(RuleBooks books, Idempotency idempotency, Audit audit, Ids ids, Clock clock) {
        this.books = books;
        this.idempotency = idempotency;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Schema(description = "办法、当日效力与选项")
    record RuleBookView(RuleBookReference ruleBook, RuleOptions options, Citation basis) {
    }

    @Schema(description = "延长决定")
    record ExtendRequest(
            @Schema(description = "延长至", example = "2028-12-31") @NotNull(message = "请填写延长至的日期") @Nullable LocalDate extendedTo,
            @Schema(description = "决定日期", example = "2024-12-20") @NotNull(message = "请填写决定日期") @Nullable LocalDate decidedOn,
            @Schema(description = "依据说明", example = "某某号文件") @NotBlank(message = "请说明依据") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String basis) {
    }

    @GetMapping
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getCurrentRuleBook", summary = "现行办法及其当日效力", description = "办法的文号、当日效力和引用的条款，以及运营方对办法未明确之处的选择（options）；到期后延续适用的依据见 ruleBook.extendedBy。")
    Mono<RuleBookView> current() {
        return books.current().map(this::view);
    }

    @PostMapping("/extensions")
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "extendRuleBook", summary = "登记一项延长办法适用期的决定", description = "办法到期后是否延续由运营方决定，登记后在各项答复中注明。")
    Mono<ResponseEntity<RuleBookView>> extend(IdempotencyKey key, Caller caller, @RequestBody ExtendRequest request) {
        return idempotency.execute(key, request,
                () -> books.lockShelf().map(shelf -> shelf.on(LocalDate.now(clock))).flatMap(book -> {
                    Extension extension = check(book, request, caller);
                    return books.extend(book.id(), extension)
                            .then(audit.record(caller, "rule-book.extend", "rule-book", book.id(),
                                    Map.of("extendedTo", extension.extendedTo().toString())))
                            .then(books.current())
                            .map(extended -> ResponseEntity.status(HttpStatus.CREATED).body(view(extended)));
                }));
    }

    private Extension check(RuleBook book, ExtendRequest request, Caller caller) {
        LocalDate to = Objects.requireNonNull(request.extendedTo());
        LocalDate on = Objects.requireNonNull(request.decidedOn());
        Violations violations = new Violations();
        if (!to.isAfter(book.inForceTo()) || to.getYear() > 9999) {
            violations.add("/extendedTo", "out-of-range", "应晚于办法有效期的最后一日 " + book.inForceTo());
        }
        if (book.replacedFrom() != null && !to.isBefore(book.replacedFrom())) {
            violations.add("/extendedTo", "out-of-range", "应早于新办法的施行日期 " + book.replacedFrom());
        }
        if (on.isAfter(LocalDate.now(clock)) || on.isBefore(book.inForceFrom())) {
            violations.add("/decidedOn", "out-of-range", "应在办法施行之后、今天或以前");
        }
        violations.throwIfAny();
        return new Extension(ids.next(), to, on, caller.org() == null ? caller.subject() : caller.org(),
                Objects.requireNonNull(request.basis()).strip(), false);
    }

    private RuleBookView view(RuleBook book) {
        return new RuleBookView(book.referenceOn(LocalDate.now(clock)), book.options(), book.cite(30));
    }
}
