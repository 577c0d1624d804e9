package cn.cityapis.policy.decision;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/policy/v1/decisions")
@Tag(name = "核定", description = "政策办公室对读取结果的核定：撤回错误收录的版本、否定或确认关系、核定日期；全部留痕，可以撤销")
class DecisionController {

    private static final UUID LATEST = new UUID(-1, -1);

    @Schema(name = "DecisionRevocation", description = "撤销核定")
    record Revocation(
            @Schema(description = "理由，请勿写入个人信息", example = "经核对原件，原读取无误") @NotBlank(message = "请填写理由") @Size(max = 1000, message = "最长 1000 字") @Pattern(regexp = DecisionForm.TEXT, message = "不能含控制字符") @Nullable String reason) {
    }

    private final Decisions decisions;
    private final OverruleReading overrule;
    private final Idempotency idempotency;

    DecisionController(Decisions decisions, OverruleReading overrule, Idempotency idempotency) {
        this.decisions = decisions;
        this.overrule = overrule;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Access(scope = "policy.decide", roles = {"city", "admin"})
    @Operation(operationId = "createDecision", summary = "核定一项读取结果", description = "撤回版本：此前的版本成为现行版本，没有其他版本的，文件回到“只见于引用”；同样的文本再次装载不会回来。否定关系：该关系不再显示，也不再影响效力，文件更正后再读出同样的关系亦然。核定日期：替换读出的日期，须注明出处；不改动已读出的关系的日期。")
    @ApiResponse(responseCode = "201", description = "已核定", useReturnTypeSchema = true)
    Mono<ResponseEntity<Decision>> create(IdempotencyKey key, Caller caller, @RequestBody DecisionForm form) {
        DecisionForm checked = form.checked();
        return idempotency.execute(key, form, () -> overrule.decide(caller, checked).map(made -> ResponseEntity
                .created(URI.create("/api/policy/v1/decisions/" + made.id())).body(made)));
    }

    @GetMapping
    @Access(scope = "policy.decide", roles = {"city", "admin", "auditor"})
    @Operation(operationId = "listDecisions", summary = "全部核定", description = "新的在前，包括已撤销的。")
    Mono<Page<Decision>> list(PageRequest page) {
        return decisions.list(before(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, one -> List.of(one.id().toString())));
    }

    @GetMapping("/{decisionId}")
    @Access(scope = "policy.decide", roles = {"city", "admin", "auditor"})
    @Operation(operationId = "getDecision", summary = "一项核定", description = "已撤销的也能查看。")
    Mono<Decision> get(@Parameter(description = "核定编号") @PathVariable UUID decisionId) {
        return decisions.find(decisionId);
    }

    @PostMapping("/{decisionId}/revocation")
    @Access(scope = "policy.decide", roles = {"city", "admin"})
    @Operation(operationId = "revokeDecision", summary = "撤销一项核定", description = "恢复核定之前读取的结果；一项核定只能撤销一次，需要时可另作核定。")
    Mono<ResponseEntity<Decision>> revoke(IdempotencyKey key, Caller caller,
            @Parameter(description = "核定编号") @PathVariable UUID decisionId, @RequestBody Revocation revocation) {
        return idempotency.execute(key, revocation, () -> overrule
                .revoke(caller, decisionId, Objects.requireNonNull(revocation.reason())).map(ResponseEntity::ok));
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LATEST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException forged) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
