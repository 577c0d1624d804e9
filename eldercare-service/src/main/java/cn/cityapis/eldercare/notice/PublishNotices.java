package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 第二十七条: a notice for each home in each month, as soon as the month has begun. A month in which nothing ran has no
 * notice: what the queue was then cannot be made up later.
 */
@Component
class PublishNotices {

    private static final int AT_ONCE = 100;

    private final PublicNotices notices;
    private final Homes homes;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    PublishNotices(PublicNotices notices, Homes homes, Outbox outbox, JobLock lock, TransactionalOperator transaction,
            Clock clock) {
        this.notices = notices;
        this.homes = homes;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.notices-every:PT10S}")
    Mono<Void> publishDue() {
        // called once, subscribed to each time: the month is asked for inside
        return lock.run("eldercare.public-notices", () -> publishAll(YearMonth.now(clock).toString()));
    }

    private Mono<Void> publishAll(String month) {
        return Sweep.run(sweep -> notices.due(month, AT_ONCE)
                .flatMapMany(Flux::fromIterable)
                .concatMap(home -> sweep.passOver("The notice of home " + home + " for " + month
                        + " cannot be published now", publish(home, month).as(transaction::transactional)))
                .then());
    }

    private Mono<Void> publish(UUID id, String month) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return homes.get(id).flatMap(home -> notices.latest(id).map(PublicNotice::digest).defaultIfEmpty("")
                .flatMap(previous -> notices.copyQueue(id, month)
                        .then(Mono.defer(() -> written(home, month, now, previous.isEmpty() ? null : previous)))
                        .flatMap(notice -> notices.publish(notice).then(outbox.publish("eldercare.notice.published",
                                "homes/" + id, Map.of("homeId", id, "month", month, "digest", notice.digest()))))));
    }

    private Mono<PublicNotice> written(Home home, String month, Instant at, @Nullable String previous) {
        return digest(home, month, at, previous)
                .map(read -> new PublicNotice(home.id(), month, at, read.lines, previous, read.hex()));
    }

    /** Of the lines as they are stored now. */
    Mono<Digest> digest(Home home, String month, Instant at, @Nullable String previous) {
        return notices.lines(home.id(), month)
                .collect(() -> new Digest(NoticeCsv.head(home, month, at, previous)), Digest::add);
    }

    /** Grows line by line, so that a long queue is never held whole. */
    static final class Digest {

        private final java.security.MessageDigest sha256 = NoticeCsv.sha256();
        private int lines;

        private Digest(String head) {
            NoticeCsv.add(sha256, head);
        }

        private void add(NoticeLine line) {
            NoticeCsv.add(sha256, NoticeCsv.line(line));
            lines++;
        }

        String hex() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }
}
