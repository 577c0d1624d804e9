package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.home.HomeAccess;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.home.PublishBeds;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A home closes: what is open ends without loss to anybody. Offers are taken back, places end with a reason of their own,
 * those at other homes are not touched, everyone is told; who lives there is to be moved. It is final.
 */
@Component
class CloseHome {

    private final RuleBooks books;
    private final HomeAccess access;
    private final Homes homes;
    private final Offers offers;
    private final CancelOffers cancel;
    private final Closings closings;
    private final EndPlaces places;
    private final Waitlist waitlist;
    private final PublishBeds publish;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    CloseHome(RuleBooks books, HomeAccess access, Homes homes, Offers offers, CancelOffers cancel, Closings closings,
            EndPlaces places,
            Waitlist waitlist, PublishBeds publish, Outbox outbox, Audit audit, Clock clock) {
        this.books = books;
        this.access = access;
        this.homes = homes;
        this.offers = offers;
        this.cancel = cancel;
        this.closings = closings;
        this.places = places;
        this.waitlist = waitlist;
        this.publish = publish;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the closing ended. */
    @Schema(description = "停止运营的结果")
    record Closed(@Schema(description = "机构编号") UUID homeId, @Schema(description = "停止运营时间") Instant closedAt,
            @Schema(description = "收回的入住通知", example = "2") int offersEnded,
            @Schema(description = "已结束的轮候", example = "37") int placesEnded,
            @Schema(description = "尚待结束的轮候：人数多时分批结束并逐一告知，进展见机构信息的 queueTotal", example = "0") long placesLeft,
            @Schema(description = "待转移的在住者", example = "88") long residents,
            @Schema(description = "依据") List<Citation> basis) {
    }

    Mono<Closed> close(Caller caller, UUID id, IfMatch ifMatch, String reason) {
        Instant now = clock.instant();
        return access.lockOverseen(caller, id)
                .doOnNext(home -> ifMatch.require(home.version()))
                .doOnNext(HomeAccess::requireOpen)
                .flatMap(home -> homes.close(id, reason, now, caller)
                        .then(endOffers(caller, id))
                        .flatMap(offersEnded -> places.next(home)
                                .flatMap(placesEnded -> closings.handReviewsOn(id)
                                        .then(tell(caller, id))
                                        .then(Mono.zip(homes.occupied(id), waitlist.counts(List.of(id)),
                                                books.current()))
                                        .map(left -> new Closed(id, now, offersEnded, placesEnded,
                                                sum(left.getT2().getOrDefault(id, Map.of())), left.getT1(),
                                                List.of(left.getT3().cite(7), left.getT3().cite(25)))))));
    }

    private Mono<Integer> endOffers(Caller caller, UUID home) {
        return offers.liveOf(home).flatMap(ids -> Flux.fromIterable(ids)
                .concatMap(offer -> cancel.cancel(caller, offer, "机构停止运营，收回入住通知；在其他机构的位次和申请时间不变"))
                .then(homes.takeFreeOutOfService(home))
                .thenReturn(ids.size()));
    }

    private static long sum(Map<Channel, Long> waiting) {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    private Mono<Void> tell(Caller caller, UUID home) {
        return publish.changed(home)
                .then(outbox.publish("eldercare.home.closed", "homes/" + home, Map.of("homeId", home)))
                .then(audit.record(caller, "home.close", "home", home.toString(), Map.of()));
    }
}
