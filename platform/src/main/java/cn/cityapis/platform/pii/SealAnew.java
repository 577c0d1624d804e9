package cn.cityapis.platform.pii;

import cn.cityapis.platform.jobs.JobLock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Seals anew, while the service serves, whatever another key than the active one has sealed, so that a key can be retired.
 * Reads a table by its blocks and writes row by row: a value that somebody else has written meanwhile stays his, no two
 * rows are locked at once, and a run that is stopped is gone on with by the next.
 */
public final class SealAnew {

    private static final Logger LOG = LoggerFactory.getLogger(SealAnew.class);
    /** Of a table, read at once: half a megabyte. */
    private static final long BLOCKS = 64;
    /** Passes of one run: what was moved while it was read is met by the next one. */
    private static final int PASSES = 3;

    /**
     * Sealed ({@link FieldCipher#isSealed}), and with another key than the active one.
     */
    private static final String OTHERWISE = """
            substring(%1$s FROM 1 FOR 1) BETWEEN '\\x01'::bytea AND '\\x%2$02x'::bytea
            AND substring(%1$s FROM 1 FOR length(:mark)) <> :mark
            """;

    private final DatabaseClient database;
    private final JobLock lock;
    private final FieldCipher cipher;
    private final List<SealedColumn> columns;
    private final List<SealedFiles> files;

    public SealAnew(DatabaseClient database, JobLock lock, FieldCipher cipher, List<SealedColumn> columns,
            List<SealedFiles> files) {
        this.database = database;
        this.lock = lock;
        this.cipher = cipher;
        this.columns = columns;
        this.files = files;
    }

    /**
     * @param anew sealed with the active key now
     * @param left sealed with another one still: changed meanwhile, or not to be opened
     */
    public record Count(long anew, long left) {

        public static final Count NONE = new Count(0, 0);

        public Count plus(Count more) {
            return new Count(anew + more.anew, left + more.left);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Value(UUID row, byte[] sealed) {
    }

    /** With one key there is nothing to do, and nothing is read. */
    @Scheduled(fixedDelayString = "${platform.pii.seal-anew-every:PT1H}", initialDelayString = "PT1M")
    Mono<Void> scheduled() {
        return Mono.defer(() -> cipher.hasOldKeys() ? run().then() : Mono.empty());
    }

    /** Empty if another replica is at it. */
    public Mono<Count> run() {
        return lock.run("platform.seal-anew", () -> passes(PASSES, 0)).doOnNext(this::tell);
    }

    private Mono<Count> passes(int most, long before) {
        return pass().flatMap(count -> count.left() == 0 || most == 1
                ? Mono.just(new Count(before + count.anew(), count.left()))
                : passes(most - 1, before + count.anew()));
    }

    private Mono<Count> pass() {
        return Flux.fromIterable(columns).concatMap(this::column)
                .concatWith(Flux.fromIterable(files).concatMap(each -> each.sealAnew(cipher)))
                .reduce(Count.NONE, Count::plus);
    }

    private void tell(Count count) {
        if (count.left() > 0) {
            LOG.error("{} values sealed anew with key {}; {} could not be, and need the key that sealed them",
                    count.anew(),
                    cipher.activeKey(), count.left());
        } else {
            LOG.info("{} values sealed anew; key {} has sealed all there are, the others are needed for backups only",
                    count.anew(), cipher.activeKey());
        }
    }

    private Mono<Count> column(SealedColumn column) {
        return blocks(column)
                .flatMapMany(all -> Flux.range(0, Math.toIntExact((all + BLOCKS - 1) / BLOCKS)))
                .concatMap(part -> places(column, part * BLOCKS).concatMap(place -> sealAnew(column, place)))
                .reduce(Count.NONE, Count::plus);
    }

    private Mono<Long> blocks(SealedColumn column) {
        return database.sql("SELECT pg_relation_size('%s') / current_setting('block_size')::bigint AS blocks"
                .formatted(column.table())).map(row -> Objects.requireNonNull(row.get("blocks", Long.class))).one();
    }

    /** Of the rows to be sealed anew; not their values, which may be large. */
    private Flux<String> places(SealedColumn column, long from) {
        return database.sql("""
                SELECT ctid::text AS place FROM %2$s
                 WHERE ctid >= CAST(:from AS tid) AND ctid < CAST(:to AS tid) AND\s""".formatted(column.column(),
                column.table()) + otherwise(column))
                .bind("from", "(" + from + ",0)")
                .bind("to", "(" + (from + BLOCKS) + ",0)")
                .bind("mark", cipher.mark())
                .mapValue(String.class).all().collectList().flatMapMany(Flux::fromIterable);
    }

    private static String otherwise(SealedColumn column) {
        return OTHERWISE.formatted(column.column(), PiiKeys.LONGEST_ID);
    }

    private Mono<Count> sealAnew(SealedColumn column, String place) {
        return database.sql("SELECT %s AS row, %s AS sealed FROM %s WHERE ctid = CAST(:place AS tid) AND "
                .formatted(column.row(), column.column(), column.table()) + otherwise(column))
                .bind("place", place)
                .bind("mark", cipher.mark())
                .map(row -> new Value(Objects.requireNonNull(row.get("row", UUID.class)),
                        Objects.requireNonNull(row.get("sealed", byte[].class))))
                .one()
                .flatMap(value -> sealAnew(column, place, value))
                // moved meanwhile by who has written it
                .defaultIfEmpty(new Count(0, 1));
    }

    private Mono<Count> sealAnew(SealedColumn column, String place, Value value) {
        byte[] sealed;
        try {
            sealed = cipher.anew(column.asTable(), column.asColumn(), value.row(), value.sealed());
        } catch (IllegalStateException doesNotOpen) {
            LOG.error("{} of row {} does not open: {}", column, value.row(), doesNotOpen.getMessage());
            return Mono.just(new Count(0, 1));
        }
        // tables that refuse changes let this one pass by the setting
        return database.sql("""
                UPDATE %1$s SET %2$s = :sealed FROM (SELECT set_config('platform.seal_anew', 'on', true)) allowed
                 WHERE ctid = CAST(:place AS tid) AND %2$s = :before
                """.formatted(column.table(), column.column()))
                .bind("sealed", sealed)
                .bind("place", place)
                .bind("before", value.sealed())
                .fetch().rowsUpdated()
                .map(updated -> updated == 1 ? new Count(1, 0) : new Count(0, 1));
    }
}
