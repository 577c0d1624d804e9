package cn.cityapis.policy.load;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The open loads. A claim is a lease: who dies in the middle loses it, and another goes on. */
@Repository
class LoadQueue {

    /** A load that failed so often will fail again. */
    static final int MOST_ATTEMPTS = 3;
    private static final String FENCE = " WHERE id = :id AND state = 'running' AND attempts = :attempt";

    /**
     * What a worker has claimed.
     *
     * @param name      of the file that was handed in
     * @param attempt   the fence: a worker that was given up and wakes up again changes nothing any more
     * @param processed documents that earlier attempts dealt with, counted in the transaction of each
     * @param parsed    how many the earlier attempt had read; another number now means that the reading has changed
     */
    record Claimed(UUID id, String name, SourceKind sourceKind, int attempt, int processed, int parsed) {
    }

    /** Another worker has taken over the load. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        LeaseLost(Claimed claimed) {
            super("attempt " + claimed.attempt() + " at load " + claimed.id() + " was given up");
        }
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    LoadQueue(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes the oldest open load, or one whose worker has died, the digest before all, because a start waits for it; one that has cost several workers their life is given
     * up, so that those behind it get their turn. The lease counts by the database's own clock.
     */
    Mono<Claimed> claim() {
        return Mono.defer(this::giveUpDeadly).then(database.sql("""
                UPDATE load SET state = 'running', claimed_until = now() + interval '60 seconds', attempts = attempts + 1
                 WHERE id = (SELECT id FROM load
                              WHERE state = 'queued' OR state = 'running' AND claimed_until < now()
                              ORDER BY source_kind <> 'digest', created_at
                              LIMIT 1
                              FOR UPDATE SKIP LOCKED)
                RETURNING id, source, source_kind, attempts, stored + unchanged + rejected AS processed, parsed
                """).map(row -> new Claimed(required(row, "id", UUID.class), required(row, "source", String.class),
                SourceKind.of(required(row, "source_kind", String.class)), required(row, "attempts", Integer.class),
                required(row, "processed", Integer.class), required(row, "parsed", Integer.class))).one());
    }

    private Mono<Void> giveUpDeadly() {
        return database.sql("""
                UPDATE load SET state = 'failed', claimed_until = NULL, finished_at = :now, failure = '处理多次中断，已放弃'
                 WHERE state = 'running' AND claimed_until < now() AND attempts >= :most
                """).bind("now", OffsetDateTime.now(clock)).bind("most", MOST_ATTEMPTS).then();
    }

    /** Notes what was read; where that is not what an earlier attempt read, counting begins anew. */
    Mono<Void> parsed(Claimed claimed, GazetteIssue issue, List<Warning> warnings) {
        long missing = issue.warnings().stream().filter(warning -> warning.code().equals("missing-document")).count();
        int documents = issue.documents().size();
        return fenced(claimed, database.sql("""
                UPDATE load SET found = :found, parsed = :parsed,
                       warnings = :warnings::jsonb || CASE WHEN parsed = :parsed
                           THEN jsonb_path_query_array(warnings, '$[*] ? (@.code like_regex "^(not-stored|older-version|withdrawn-version|undated-correction|dates-decided)$")') ELSE '[]' END,
                       stored = CASE WHEN parsed = :parsed THEN stored ELSE 0 END,
                       unchanged = CASE WHEN parsed = :parsed THEN unchanged ELSE 0 END,
                       rejected = CASE WHEN parsed = :parsed THEN rejected ELSE 0 END
                """ + FENCE).bind("found", documents + (int) missing).bind("parsed", documents)
                .bind("warnings", json.writeValueAsString(warnings)));
    }

    /** Counts documents and renews the lease; part of the transaction that stores them. */
    Mono<Void> counted(Claimed claimed, StoreOutcome outcome) {
        return fenced(claimed, database.sql("""
                UPDATE load SET stored = stored + :stored, unchanged = unchanged + :unchanged,
                       rejected = rejected + :rejected, warnings = warnings || :warnings::jsonb,
                       claimed_until = now() + interval '60 seconds'
                """ + FENCE).bind("stored", outcome.stored()).bind("unchanged", outcome.unchanged())
                .bind("rejected", outcome.rejected()).bind("warnings", json.writeValueAsString(outcome.warnings())));
    }

    /** Counts a document that cannot be stored, with the reason in the report. */
    Mono<Void> rejected(Claimed claimed, Warning reason) {
        return fenced(claimed, database.sql("""
                UPDATE load SET rejected = rejected + 1, warnings = warnings || :reason::jsonb,
                       claimed_until = now() + interval '60 seconds'
                """ + FENCE).bind("reason", json.writeValueAsString(List.of(reason))));
    }

    /** Says that the worker lives. */
    Mono<Void> renew(Claimed claimed) {
        return fenced(claimed, database.sql("UPDATE load SET claimed_until = now() + interval '60 seconds'" + FENCE));
    }

    Mono<Void> done(Claimed claimed) {
        return fenced(claimed, database.sql("""
                UPDATE load SET state = 'done', claimed_until = NULL, failure = NULL, finished_at = :now
                """ + FENCE).bind("now", OffsetDateTime.now(clock)));
    }

    /** Gives the load back to be tried again, or up after the last attempt. */
    Mono<Void> giveBack(Claimed claimed, String failure) {
        return fenced(claimed, database.sql("""
                UPDATE load SET state = CASE WHEN attempts < :most THEN 'queued' ELSE 'failed' END, claimed_until = NULL,
                       failure = :failure, finished_at = CASE WHEN attempts < :most THEN NULL ELSE :now::timestamptz END
                """ + FENCE).bind("most", MOST_ATTEMPTS).bind("failure", failure)
                .bind("now", OffsetDateTime.now(clock)));
    }

    /** Gives the load up: another attempt would end the same way. */
    Mono<Void> failed(Claimed claimed, String failure) {
        return fenced(claimed, database.sql("""
                UPDATE load SET state = 'failed', claimed_until = NULL, failure = :failure, finished_at = :now
                """ + FENCE).bind("failure", failure).bind("now", OffsetDateTime.now(clock)));
    }

    private static Mono<Void> fenced(Claimed claimed, DatabaseClient.GenericExecuteSpec update) {
        return update.bind("id", claimed.id()).bind("attempt", claimed.attempt()).fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.empty() : Mono.error(new LeaseLost(claimed)));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
