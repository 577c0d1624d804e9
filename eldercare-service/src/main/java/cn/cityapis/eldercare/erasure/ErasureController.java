package cn.cityapis.eldercare.erasure;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Erases a person's data, by the city. */
@RestController
@RequestMapping("/api/eldercare/v1/erasures")
@Tag(name = "个人信息的删除", description = "应本人要求、依决定或因保存期限届满删除个人信息（个人信息保护法第四十七条）")
class ErasureController {

    private final ErasePerson erasing;
    private final Erasures erasures;
    private final Idempotency idempotency;

    ErasureController(ErasePerson erasing, Erasures erasures, Idempotency idempotency) {
        this.erasing = erasing;
        this.erasures = erasures;
        this.idempotency = idempotency;
    }

    enum Ground {
        REQUESTED, DECIDED
    }

    @Schema(description = "删除一位申请人的个人信息")
    record ErasureRequest(
            @Schema(description = "其任一申请的编号") @NotNull(message = "请填写申请编号") @Nullable UUID applicationId,
            @Schema(description = "应本人或其代理人要求，或由主管部门决定", example = "REQUESTED") @NotNull(message = "请选择事由") @Nullable Ground ground,
            @Schema(description = "理由；不写个人信息", example = "本人书面申请，已核验身份") @NotBlank(message = "请填写理由") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {

        Erasure.Ground groundOfRecord() {
            return switch (Objects.requireNonNull(ground)) {
                case REQUESTED -> Erasure.Ground.REQUESTED;
                case DECIDED -> Erasure.Ground.DECIDED;
            };
        }
    }

    @PostMapping
    @Access(scope = "eldercare.admin", roles = "city")
    @Operation(operationId = "erasePerson", summary = "删除一位申请人的个人信息", description = "不可撤销，包括该老年人的全部申请、草稿和材料文件；决定、轮候事件、入住通知与公示名册保留编号和姓氏，决定和入住记录中填写的理由一并清空。仍有申请未办结、仍在入住或保存期限未满等事由时拒绝，并在 obstacles 中一次列出。")
    Mono<ResponseEntity<Erasure>> erase(IdempotencyKey key, Caller caller, @RequestBody ErasureRequest request) {
        return idempotency.execute(key, request, () -> erasing
                .erase(caller, Objects.requireNonNull(request.applicationId()), request.groundOfRecord(),
                        Objects.requireNonNull(request.reason()).strip())
                .map(erasure -> ResponseEntity.status(HttpStatus.CREATED).body(erasure)));
    }

    @GetMapping
    @Access(scope = "eldercare.decide", roles = {"city", "auditor"})
    @Operation(operationId = "listErasures", summary = "删除的记录，最近的在前", description = "何时、因何、由谁删除了哪些申请中的个人信息；不含个人信息。")
    Mono<Page<Erasure>> list(PageRequest page) {
        return erasures.page(before(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, erasure -> List.of(erasure.id().toString())));
    }

    private static @Nullable UUID before(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
