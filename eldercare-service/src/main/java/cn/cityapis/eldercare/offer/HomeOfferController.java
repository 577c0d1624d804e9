package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The home's side: offering beds. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}")
@Tag(name = "床位安排", description = "按次序通知入住")
class HomeOfferController {

    private final Applications applications;
    private final OfferBed offering;
    private final Offers offers;
    private final Homes homes;
    private final RuleBooks books;
    private final HomeAccess access;
    private final Idempotency idempotency;

    HomeOfferController(Applications applications, OfferBed offering, Offers offers, Homes homes, RuleBooks books,
            HomeAccess access,
            Idempotency idempotency) {
        this.applications = applications;
        this.offering = offering;
        this.offers = offers;
        this.homes = homes;
        this.books = books;
        this.access = access;
        this.idempotency = idempotency;
    }

    @Schema(description = "要安排的空床")
    record OfferRequest(@Schema(description = "床位编号") @NotNull(message = "请选择床位") @Nullable UUID bedId) {
    }

    @PostMapping("/offers")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "offerBed", summary = "将空床通知给队列中第一位适合的申请人", description = "由系统按通道和申请先后确定（第八条、第二十条），不能指定人；候选名单随通知固化，跳过者均注明原因代码，见 /candidates。")
    Mono<ResponseEntity<OfferView>> offer(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody OfferRequest request) {
        return idempotency.execute(key, request, () -> access.own(caller, homeId)
                .flatMap(home -> offering.offer(caller, homeId, Objects.requireNonNull(request.bedId())))
                .flatMap(offer -> view(offer).map(view -> ResponseEntity.status(HttpStatus.CREATED)
                        .eTag(ETags.of(offer.version()))
                        .body(view))));
    }

    @GetMapping("/offers")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "listHomeOffers", summary = "本机构发出的入住通知", description = "最近发出的在前，含答复、核验和入住的进度。")
    Mono<Page<OfferView>> list(@PathVariable("homeId") UUID homeId, PageRequest page, Caller caller) {
        UUID before = before(page);
        return access.own(caller, homeId)
                .flatMap(home -> offers.ofHome(homeId, before, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, offer -> List.of(offer.id().toString())))
                .flatMap(found -> Flux.fromIterable(found.items())
                        .concatMap(this::view)
                        .collectList()
                        .map(views -> new Page<>(views, found.nextCursor())));
    }

    @GetMapping("/offers/{offerId}/candidates")
    @Access(scope = "eldercare.decide", roles = {"home-operator", "district", "city", "auditor"})
    @Operation(operationId = "listOfferCandidates", summary = "发出通知时的候选名单", description = "按次序：谁排在何处、为何被跳过或选中；只含排队号，不含个人信息。供本机构、其主管部门和审计查看。")
    Mono<Page<Candidate>> candidates(@PathVariable("homeId") UUID homeId, @PathVariable("offerId") UUID offerId,
            PageRequest page, Caller caller) {
        int after = after(page);
        return access.overseen(caller, homeId)
                .then(offers.get(offerId))
                .filter(offer -> offer.homeId().equals(homeId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(offer -> offers.candidates(offerId, after, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, line -> List.of(String.valueOf(line.place()))));
    }

    private static int after(PageRequest page) {
        try {
            return page.isFirst() ? 0 : Integer.parseInt(page.after().getFirst());
        } catch (NumberFormatException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    private Mono<OfferView> view(Offer offer) {
        return Mono
                .zip(homes.bed(offer.homeId(), offer.bedId()),
                        applications.ruleBookOf(offer.applicationId()).flatMap(books::named))
                .map(found -> OfferView.of(offer, found.getT1().label(), found.getT2(), books.shown(found.getT2())));
    }

    private static @Nullable UUID before(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
