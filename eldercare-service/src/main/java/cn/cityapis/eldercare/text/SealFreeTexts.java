package cn.cityapis.eldercare.text;

import cn.cityapis.platform.jobs.JobLock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Seals what rows of before have in clear, and what a replica of before still writes so: row by row, beside all calls. It
 * may be stopped anywhere.
 */
@Component
class SealFreeTexts {

    private static final Logger LOG = LoggerFactory.getLogger(SealFreeTexts.class);
    private static final int AT_ONCE = 500;

    private final DatabaseClient database;
    private final FreeTexts texts;
    private final JobLock lock;

    SealFreeTexts(DatabaseClient database, FreeTexts texts, JobLock lock) {
        this.database = database;
        this.texts = texts;
        this.lock = lock;
    }

    private record Clear(UUID row, String typed) {
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.seal-texts-every:PT1H}")
    Mono<Void> seal() {
        return lock.run("eldercare.seal-free-texts", () -> sweep().thenReturn(true)).then();
    }

    /** All of them, page by page. */
    Mono<Void> sweep() {
        return Flux.fromArray(FreeText.values())
                .concatMap(text -> from(text, null)
                        .doOnNext(sealed -> LOG.info("{} texts in {} sealed", sealed, text.table()))
                        .then())
                .then();
    }

    /** Empty if none is left in clear. */
    private Mono<Long> from(FreeText text, @Nullable UUID after) {
        return database.sql("""
                select id, %1$s as typed from %2$s
                where %1$s <> '' and %3$s is null and (:after::uuid is null or id > :after::uuid)
                order by id limit :rows
                """.formatted(text.column(), text.table(), text.sealedColumn()))
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("rows", AT_ONCE)
                .map(row -> new Clear(Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("typed", String.class))))
                .all()
                .collectList()
                .filter(found -> !found.isEmpty())
                .flatMap(found -> Flux.fromIterable(found).concatMap(clear -> seal(text, clear))
                        .reduce(0L, Long::sum)
                        .flatMap(sealed -> found.size() < AT_ONCE
                                ? Mono.just(sealed)
                                : from(text, found.getLast().row()).defaultIfEmpty(0L).map(more -> sealed + more)));
    }

    /** Tables that refuse changes let this one pass by the setting; what somebody wrote meanwhile stays his. */
    private Mono<Long> seal(FreeText text, Clear clear) {
        return database.sql("""
                update %2$s set %1$s = '', %3$s = :sealed
                from (select set_config('platform.seal_anew', 'on', true)) allowed
                where id = :id and %1$s = :typed and %3$s is null
                """.formatted(text.column(), text.table(), text.sealedColumn()))
                .bind("sealed", texts.seal(text, clear.row(), clear.typed()))
                .bind("id", clear.row())
                .bind("typed", clear.typed())
                .fetch()
                .rowsUpdated();
    }
}
