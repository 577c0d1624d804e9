package cn.cityapis.pharmacy.volume;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells each buyer once a month which of his agreed volumes are behind the time passed. */
@Component
class WatchVolumes {

    private final AgreedVolumes volumes;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    WatchVolumes(AgreedVolumes volumes, Notices notices, Outbox outbox, JobLock lock,
            TransactionalOperator transaction, Clock clock) {
        this.volumes = volumes;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Buyer(UUID cycle, UUID chain) {
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.volumes-every:PT1H}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.watch-volumes", () -> sweep().thenReturn(true)).then();
    }

    /** Answers how many buyers were told. */
    Mono<Long> sweep() {
        LocalDate today = LocalDate.now(clock);
        return volumes.thresholds()
                .map(all -> VolumeRules.inForce(all, today))
                .flatMap(threshold -> volumes.all(today, threshold)
                        .filter(AgreedVolume::behind)
                        .collect(Collectors.groupingBy(v -> new Buyer(v.cycleId(), v.chainId()))))
                .flatMapMany(behind -> Flux.fromIterable(behind.entrySet()))
                .concatMap(e -> tell(e.getKey(), e.getValue(), today.withDayOfMonth(1)).as(transaction::transactional))
                .count();
    }

    private Mono<Boolean> tell(Buyer buyer, List<AgreedVolume> behind, LocalDate month) {
        String about = "agreed-volumes/" + buyer.cycle() + "/" + buyer.chain();
        return volumes.warned(buyer.cycle(), buyer.chain(), month, behind.size())
                .flatMap(fresh -> volumes.org(buyer.chain())
                        .flatMap(org -> notices.send(new Notice(org, "agreed-volume-behind",
                                behind.getFirst().cycleName() + "：有 " + behind.size() + " 种药品的完成进度落后于时间进度", about)))
                        .then(outbox.publish("pharmacy.agreed-volume.behind", about,
                                Map.of("cycleId", buyer.cycle(), "chainId", buyer.chain(), "behind", behind.size())))
                        .thenReturn(fresh));
    }
}
