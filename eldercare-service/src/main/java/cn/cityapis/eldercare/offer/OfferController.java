package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationView;
import cn.cityapis.eldercare.application.ApplicationViews;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

/** What becomes of an offer. */
@RestController
@RequestMapping("/api/eldercare/v1")
@Tag(name = "入住通知", description = "接受、拒绝、核验材料、办理入住")
class OfferController {

    private final Offers offers;
    private final MoveIn moveIn;
    private final CloseOffer close;
    private final Applications applications;
    private final ApplicationAccess access;
    private final ApplicationViews views;
    private final Homes homes;
    private final RuleBooks books;
    private final Idempotency idempotency;

    OfferController(Offers offers, MoveIn moveIn, CloseOffer close, Applications applications, ApplicationAccess access,
            ApplicationViews views, Homes homes, RuleBooks books, Idempotency idempotency) {
        this.offers = offers;
        this.moveIn = moveIn;
        this.close = close;
        this.applications = applications;
        this.access = access;
        this.views = views;
        this.homes = homes;
        this.books = books;
        this.idempotency = idempotency;
    }

    @Schema(description = "拒绝床位安排")
    record RefuseRequest(
            @Schema(description = "原因", example = "家属另有安排") @NotBlank(message = "请填写原因") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @Schema(description = "核验入住材料与约定费用")
    record PaperCheck(
            @Schema(description = "已核验的原件", example = "[\"APPLICANT_ID_CARD\",\"APPLICANT_HOUSEHOLD_REGISTER\",\"PHYSICAL_EXAMINATION\"]") @NotNull(message = "请填写已核验的原件") @Size(max = 10, message = "项目过多") @Nullable List<@NotNull(message = "不能为空") Original> originalsSeen,
            @Schema(description = "约定的每月费用（分），按公示标准", example = "280000") @NotNull(message = "请填写约定费用") @PositiveOrZero(message = "不能为负") @Max(value = 100_000_000, message = "金额过大") @Nullable Long agreedMonthlyFen) {
    }

    @GetMapping("/offers/{offerId}")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getOffer", summary = "查看入住通知", description = "能查看该申请的人、办理期间还有其评估机构可以查看：床位、依据、期限和状态。返回的 ETag 用于接受或拒绝。")
    Mono<ResponseEntity<OfferView>> get(@PathVariable("offerId") UUID id, Caller caller) {
        return offers.get(id)
                .flatMap(offer -> access.readableWithOffer(caller, offer.applicationId()).then(answer(offer)));
    }

    @PostMapping("/offers/{offerId}/acceptance")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "acceptOffer", summary = "接受床位安排", description = "由申请人本人在答复期限之前接受；接受后到机构核验原件和体检资料。")
    Mono<ResponseEntity<OfferView>> accept(@PathVariable("offerId") UUID id, IdempotencyKey key, IfMatch ifMatch,
            Caller caller) {
        return idempotency.execute(key, null,
                () -> moveIn.accept(caller, id, ifMatch).flatMap(offer -> answer(offer)));
    }

    @PostMapping("/offers/{offerId}/refusal")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "refuseOffer", summary = "拒绝床位安排", description = "视为放弃在该机构的本次轮候（第二十四条）；床位自动通知下一位。")
    Mono<ResponseEntity<OfferView>> refuse(@PathVariable("offerId") UUID id, IdempotencyKey key, IfMatch ifMatch,
            Caller caller, @RequestBody RefuseRequest request) {
        return idempotency.execute(key, request,
                () -> close.refuse(caller, id, ifMatch, Objects.requireNonNull(request.reason()))
                        .flatMap(offer -> answer(offer)));
    }

    @PostMapping("/offers/{offerId}/paper-check")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "checkPapers", summary = "核验原件与体检资料、约定费用（第二十一条、第二十二条）", description = "缺少的原件一次全部列出。约定的每月费用以分为单位。")
    Mono<ResponseEntity<OfferView>> papers(@PathVariable("offerId") UUID id, IdempotencyKey key, IfMatch ifMatch,
            Caller caller, @RequestBody PaperCheck request) {
        return idempotency.execute(key, request, () -> offers.get(id)
                .flatMap(offer -> applications.find(offer.applicationId()))
                .flatMap(application -> moveIn.checkPapers(caller, id, ifMatch,
                        PaperRules.missing(seen(request), application.dossier().form().guardian() != null),
                        Objects.requireNonNull(request.agreedMonthlyFen())))
                .flatMap(offer -> answer(offer)));
    }

    @PostMapping("/offers/{offerId}/admission")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "admitApplicant", summary = "办理入住", description = "床位转为占用；在其他机构的排队随之结束。")
    Mono<ResponseEntity<OfferView>> admit(@PathVariable("offerId") UUID id, IdempotencyKey key, IfMatch ifMatch,
            Caller caller) {
        return idempotency.execute(key, null,
                () -> moveIn.admit(caller, id, ifMatch).flatMap(offer -> answer(offer)));
    }

    @PostMapping("/applications/{applicationId}/withdrawal")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "withdrawApplication", summary = "自愿退出轮候（第十四条）", description = "在所选各机构的排队一并结束；以后再申请的，次序重新计算。")
    Mono<ResponseEntity<ApplicationView>> withdraw(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller) {
        return idempotency.execute(key, null, () -> close.withdraw(caller, id, ifMatch)
                .flatMap(stored -> views.view(stored)
                        .map(view -> ResponseEntity.ok().eTag(ETags.of(stored.version())).body(view))));
    }

    private static Set<Original> seen(PaperCheck request) {
        List<Original> seen = Objects.requireNonNull(request.originalsSeen());
        return seen.isEmpty() ? EnumSet.noneOf(Original.class) : EnumSet.copyOf(seen);
    }

    private Mono<ResponseEntity<OfferView>> answer(Offer offer) {
        return Mono
                .zip(homes.bed(offer.homeId(), offer.bedId()),
                        applications.ruleBookOf(offer.applicationId()).flatMap(books::named))
                .map(found -> ResponseEntity.status(HttpStatus.OK)
                        .eTag(ETags.of(offer.version()))
                        .body(OfferView.of(offer, found.getT1().label(), found.getT2(), books.shown(found.getT2()))));
    }
}
