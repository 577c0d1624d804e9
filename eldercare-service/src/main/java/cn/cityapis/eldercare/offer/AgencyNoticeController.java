package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import java.util.List;
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

/** That an agency, too, told somebody to move in (第二十四条). */
@RestController
@RequestMapping("/api/eldercare/v1/offers/{offerId}/agency-notices")
@Tag(name = "入住通知", description = "接受、拒绝、核验材料、办理入住")
class AgencyNoticeController {

    private final NoteAgencyNotice noting;
    private final AgencyNotices notices;
    private final Offers offers;
    private final ApplicationAccess access;
    private final Idempotency idempotency;

    AgencyNoticeController(NoteAgencyNotice noting, AgencyNotices notices, Offers offers, ApplicationAccess access,
            Idempotency idempotency) {
        this.noting = noting;
        this.notices = notices;
        this.offers = offers;
        this.access = access;
        this.idempotency = idempotency;
    }

    @Schema(description = "登记评估机构的入住通知")
    record AgencyNoticeRequest(
            @Schema(description = "方式", example = "PHONE") @NotNull(message = "请选择通知方式") AgencyNotice.@Nullable Medium medium,
            @Schema(description = "通知时间", example = "2026-11-26T10:00:00+08:00") @NotNull(message = "请填写通知时间") @Nullable OffsetDateTime toldAt) {
    }

    @PostMapping
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "noteAgencyNotice", summary = "登记评估机构通知入住（第二十四条）", description = "机构与评估机构的通知均予登记；办理期限以先登记的为准，不一致时在记录中注明并告知机构。")
    Mono<ResponseEntity<List<AgencyNotice>>> note(@PathVariable("offerId") UUID id, IdempotencyKey key, Caller caller,
            @RequestBody AgencyNoticeRequest request) {
        return idempotency.execute(key, request,
                () -> noting.note(caller, id, Objects.requireNonNull(request.medium()),
                        Objects.requireNonNull(request.toldAt()).toInstant())
                        .flatMap(notices::of)
                        .map(all -> ResponseEntity.status(HttpStatus.CREATED).body(all)));
    }

    @GetMapping
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listAgencyNotices", summary = "评估机构就一份入住通知所作的通知", description = "能查看该申请的人、办理期间还有其评估机构可以查看；conflict 表示自该通知起算的最后一日与办理期限不同。")
    Mono<List<AgencyNotice>> list(@PathVariable("offerId") UUID id, Caller caller) {
        return offers.get(id)
                .flatMap(offer -> access.readableWithOffer(caller, offer.applicationId()).then(notices.of(offer)));
    }
}
