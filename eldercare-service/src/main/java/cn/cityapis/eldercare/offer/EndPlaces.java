package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import java.time.Clock;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends the places in the queue of a closed home and tells everybody, so many in one transaction: the first with the closing
 * itself, the others afterwards, whatever process runs then. How many are left stands in the counters of the home.
 */
@Component
class EndPlaces {

    static final int AT_ONCE = 500;

    private final Closings closings;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Notices notices;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EndPlaces(Closings closings, Waitlist waitlist, Homes homes, Notices notices, JobLock lock,
            TransactionalOperator transaction, Clock clock) {
        this.closings = closings;
        this.waitlist = waitlist;
        this.homes = homes;
        this.notices = notices;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.end-places-every:PT2S}")
    Mono<Void> endAll() {
        return lock.run("eldercare.end-places", () -> sweep().thenReturn(true)).then();
    }

    Mono<Void> sweep() {
        return closings.unfinished().flatMap(found -> Flux.fromIterable(found).concatMap(this::all).then());
    }

    private Mono<Void> all(UUID home) {
        return homes.lock(home).flatMap(this::next).as(transaction::transactional)
                .flatMap(ended -> ended < AT_ONCE ? Mono.empty() : all(home));
    }

    /** The caller holds the home; how many places it ended. */
    Mono<Integer> next(Home home) {
        return waitlist.endNext(home.id(), EndReason.HOME_CLOSED, clock.instant(), AT_ONCE)
                .flatMap(applications -> closings.owners(applications)
                        .flatMap(owners -> Flux.fromIterable(applications)
                                .concatMap(each -> tell(home, each, owners.getOrDefault(each, "")))
                                .then())
                        .thenReturn(applications.size()));
    }

    private Mono<Void> tell(Home home, UUID application, String owner) {
        return notices.send(new Notice(owner, "home-closed",
                home.name() + "已停止运营，您在该机构的轮候结束；在其他机构的位次不变，可另选一家机构替补，申请时间不变",
                "applications/" + application));
    }
}
