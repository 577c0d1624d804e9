package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

/** People who live in a home: suspected illness (第二十三条), and those who need not apply (第二十八条). */
@RestController
@RequestMapping("/api/eldercare/v1")
@Tag(name = "在住老年人", description = "疑似疾病的记录（第二十三条）、办法施行前已入住（第二十八条）")
class ResidenceController {

    private final NoteIllness noting;
    private final Residence residence;
    private final ApplicationAccess access;
    private final RuleBooks books;
    private final Homes homes;
    private final Idempotency idempotency;
    private final Audit audit;

    ResidenceController(NoteIllness noting, Residence residence, ApplicationAccess access, RuleBooks books, Homes homes,
            Idempotency idempotency, Audit audit) {
        this.noting = noting;
        this.residence = residence;
        this.access = access;
        this.books = books;
        this.homes = homes;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "疑似传染病或精神障碍")
    record IllnessRequest(
            @Schema(description = "种类", example = "INFECTIOUS") @NotNull(message = "请选择种类") IllnessNote.@Nullable Kind kind,
            @Schema(description = "发现日期", example = "2026-11-20") @NotNull(message = "请填写发现日期") @Nullable LocalDate notedOn,
            @Schema(description = "处理情况", example = "已按规定报告并送医排查") @NotBlank(message = "请填写处理情况") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String handling) {
    }

    @Schema(description = "办法施行前已入住的老年人")
    record PriorResidentRequest(
            @Schema(description = "公民身份号码", example = "379999193803156027") @NotBlank(message = "请填写身份号码") @Size(max = 20, message = "身份号码应为 18 位") @Nullable String idNumber,
            @Schema(description = "入住日期", example = "2020-05-01") @NotNull(message = "请填写入住日期") @Nullable LocalDate movedInOn) {
    }

    @Schema(description = "已登记：无需重新申请轮候")
    record PriorResident(@Schema(description = "机构编号") UUID homeId,
            @Schema(description = "身份号码（遮蔽）", example = "37****************") String idNumber,
            @Schema(description = "入住日期", example = "2020-05-01") LocalDate movedInOn,
            @Schema(description = "依据") Citation basis) {
    }

    @PostMapping("/applications/{applicationId}/illness-notes")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "noteIllness", summary = "记录疑似传染病或精神障碍并通知监护人", description = "依照传染病防治、精神卫生的法律处理（第二十三条）；本办法不因此取消资格。")
    Mono<ResponseEntity<IllnessNote>> note(@PathVariable("applicationId") UUID id, IdempotencyKey key, IfMatch ifMatch,
            Caller caller, @RequestBody IllnessRequest request) {
        return idempotency.execute(key, request, () -> noting.note(caller, id, ifMatch, request)
                .map(noted -> ResponseEntity.status(HttpStatus.CREATED).eTag(ETags.of(noted.version()))
                        .body(noted.note())));
    }

    @GetMapping("/applications/{applicationId}/illness-notes")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listIllnessNotes", summary = "疑似疾病的处理记录（每次查看均留痕）", description = "发现的日期、种类、依照的法律和处理情况。")
    Mono<List<IllnessNote>> notes(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id)
                .flatMap(application -> audit
                        .record(caller, "illness.read", "application", id.toString(), Map.of())
                        .then(residence.notes(id)));
    }

    @PostMapping("/homes/{homeId}/prior-residents")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "recordPriorResident", summary = "登记办法施行前已入住的老年人（第二十八条）", description = "登记后其本人无需再提出轮候申请；登记不妨碍其申请其他机构，也不因登记有误妨碍他人。")
    Mono<ResponseEntity<PriorResident>> prior(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody PriorResidentRequest request) {
        return idempotency.execute(key, request, () -> own(caller, homeId)
                .then(books.current())
                .flatMap(book -> {
                    String number = checked(request, book);
                    LocalDate since = Objects.requireNonNull(request.movedInOn());
                    return residence.livedThereBefore(caller, homeId, number, since)
                            .then(audit.record(caller, "prior-resident.record", "home", homeId.toString(), Map.of()))
                            .thenReturn(ResponseEntity.status(HttpStatus.CREATED)
                                    .body(new PriorResident(homeId, Masking.idNumber(number), since,
                                            book.cite(28))));
                }));
    }

    private static String checked(PriorResidentRequest request, RuleBook book) {
        Violations violations = new Violations();
        String number = ResidentId.parse(Objects.toString(request.idNumber())).map(ResidentId::value).orElse("");
        if (number.isEmpty()) {
            violations.add("/idNumber", "format", "公民身份号码有误，请核对 18 位号码");
        }
        if (!Objects.requireNonNull(request.movedInOn()).isBefore(book.inForceFrom())) {
            violations.add("/movedInOn", "out-of-range", "应早于办法施行之日 " + book.inForceFrom());
        }
        violations.throwIfAny();
        return number;
    }

    private Mono<Home> own(Caller caller, UUID homeId) {
        return homes.get(homeId)
                .filter(home -> caller.isOf(home.org()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.FORBIDDEN, "只能登记本机构的老年人")));
    }
}
