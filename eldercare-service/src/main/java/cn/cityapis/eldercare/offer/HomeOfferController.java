package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The home's side: offering beds, and telling when one becomes free. */
@RestController
@RequestMapping("/api/eldercare/v1/homes/{homeId}")
@Tag(name = "床位安排", description = "按次序通知入住、登记空床")
class HomeOfferController {

    private final OfferBed offering;
    private final Offers offers;
    private final Homes homes;
    private final RuleBooks books;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Audit audit;

    HomeOfferController(OfferBed offering, Offers offers, Homes homes, RuleBooks books, Idempotency idempotency,
            Outbox outbox, Audit audit) {
        this.offering = offering;
        this.offers = offers;
        this.homes = homes;
        this.books = books;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.audit = audit;
    }

    @Schema(description = "要安排的空床")
    record OfferRequest(@Schema(description = "床位编号") @NotNull(message = "请选择床位") @Nullable UUID bedId) {
    }

    enum BedChange {
        FREE, OUT_OF_SERVICE
    }

    @Schema(description = "床位状态变化")
    record BedStateRequest(
            @Schema(description = "新状态", example = "FREE") @NotNull(message = "请填写新状态") @Nullable BedChange state) {
    }

    @Schema(description = "床位与随之自动发出的入住通知")
    record BedChanged(Bed bed, @Schema(description = "自动发出的入住通知编号") @Nullable UUID offerId) {
    }

    @PostMapping("/offers")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "offerBed", summary = "将空床通知给队列中第一位适合的申请人", description = "由系统按通道和申请先后确定（第八条、第二十条），不能指定人；候选名单随通知固化，跳过者均注明原因代码。")
    Mono<ResponseEntity<OfferView>> offer(@PathVariable("homeId") UUID homeId, IdempotencyKey key, Caller caller,
            @RequestBody OfferRequest request) {
        return idempotency.execute(key, request, () -> own(caller, homeId)
                .flatMap(home -> offering.offer(caller, homeId, Objects.requireNonNull(request.bedId())))
                .flatMap(offer -> view(offer).map(view -> ResponseEntity.status(HttpStatus.CREATED)
                        .eTag(ETags.of(offer.version()))
                        .body(view))));
    }

    @GetMapping("/offers")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "listHomeOffers", summary = "本机构发出的入住通知")
    Mono<Page<OfferView>> list(@PathVariable("homeId") UUID homeId, PageRequest page, Caller caller) {
        UUID before = before(page);
        return own(caller, homeId)
                .flatMap(home -> offers.ofHome(homeId, before, page.rowsToRead()))
                .map(rows -> Page.of(rows, page, offer -> List.of(offer.id().toString())))
                .flatMap(found -> Flux.fromIterable(found.items())
                        .concatMap(this::view)
                        .collectList()
                        .map(views -> new Page<>(views, found.nextCursor())));
    }

    @PostMapping("/beds/{bedId}/state")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "changeBedState", summary = "登记床位腾空或停用", description = "腾空的床位即时公示，并自动通知下一位适合的申请人（第二十条、第二十五条）。")
    Mono<ResponseEntity<BedChanged>> change(@PathVariable("homeId") UUID homeId, @PathVariable("bedId") UUID bedId,
            IdempotencyKey key, IfMatch ifMatch, Caller caller, @RequestBody BedStateRequest request) {
        return idempotency.execute(key, request, () -> own(caller, homeId)
                .then(homes.lock(homeId))
                .then(homes.bed(homeId, bedId))
                .doOnNext(bed -> ifMatch.require(bed.version()))
                .flatMap(bed -> move(bed, Objects.requireNonNull(request.state())))
                .then(tell(caller, homeId, bedId))
                .then(request.state() == BedChange.FREE
                        ? offering.offerIfAnyoneFits(Caller.system("bed-freed"), homeId, bedId).map(Offer::id)
                                .map(List::of).defaultIfEmpty(List.of())
                        : Mono.just(List.<UUID>of()))
                .flatMap(offered -> homes.bed(homeId, bedId)
                        .map(bed -> ResponseEntity.ok()
                                .eTag(ETags.of(bed.version()))
                                .body(new BedChanged(bed, offered.isEmpty() ? null : offered.getFirst())))));
    }

    /** A bed that is offered or reserved changes through its offer only. */
    private Mono<Boolean> move(Bed bed, BedChange change) {
        Bed.State to = Bed.State.valueOf(change.name());
        boolean allowed = switch (bed.state()) {
            case OCCUPIED -> to == Bed.State.FREE;
            case OUT_OF_SERVICE -> to == Bed.State.FREE;
            case FREE -> to == Bed.State.OUT_OF_SERVICE;
            case OFFERED, RESERVED -> false;
        };
        if (!allowed) {
            return Mono.error(ProblemException
                    .of(EldercareProblem.NOT_POSSIBLE_NOW, "床位当前状态为 " + bed.state() + "，不能改为 " + to)
                    .with("state", bed.state()));
        }
        return homes.move(bed.id(), bed.state(), to);
    }

    private Mono<Void> tell(Caller caller, UUID homeId, UUID bedId) {
        return outbox.publish("eldercare.home.beds-changed", "homes/" + homeId, Map.of("homeId", homeId))
                .then(audit.record(caller, "bed.change", "bed", bedId.toString(), Map.of()));
    }

    /** That a home exists is public; that it is another's is a matter of rights. */
    private Mono<Home> own(Caller caller, UUID homeId) {
        return homes.get(homeId)
                .filter(home -> caller.isOf(home.org()))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.FORBIDDEN, "只能办理本机构的床位")));
    }

    private Mono<OfferView> view(Offer offer) {
        return Mono.zip(homes.bed(offer.homeId(), offer.bedId()), books.reference())
                .map(found -> OfferView.of(offer, found.getT1().label(), found.getT2(), true));
    }

    private static @Nullable UUID before(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
