package cn.cityapis.subsidy.paper;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.csv.Csv;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The papers of applications, sealed in the database; a trigger keeps them as they were submitted. */
@Component
public class SealedPapers {

    private static final String TABLE = "application_paper";
    private static final String COLUMNS = "id, kind, media_type, size_bytes, sha256, uploaded_at, superseded_at";
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Ids ids;
    private final Clock clock;

    SealedPapers(DatabaseClient database, FieldCipher cipher, Ids ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
    }

    /** Sealed off the event loop. */
    public Mono<Paper> insert(UUID application, String kind, String mediaType, byte[] content) {
        UUID id = ids.next();
        return Mono
                .fromCallable(() -> cipher.encrypt(TABLE, "content", id, Base64.getEncoder().encodeToString(content)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(sealed -> database.sql("""
                        INSERT INTO application_paper (id, application_id, kind, media_type, size_bytes, sha256, content,
                               uploaded_at)
                        VALUES (:id, :application, :kind, :type, :size, :sha256, :content, :now)
                        RETURNING
                        """ + COLUMNS)
                        .bind("id", id)
                        .bind("application", application)
                        .bind("kind", kind)
                        .bind("type", mediaType)
                        .bind("size", content.length)
                        .bind("sha256", Csv.sha256(content))
                        .bind("content", sealed)
                        .bind("now", OffsetDateTime.now(clock))
                        .map(SealedPapers::paper)
                        .one());
    }

    /** Those that count, in the order in which they came. */
    public Mono<List<Paper>> of(UUID application) {
        return list("superseded_at IS NULL", application);
    }

    /** Those that somebody may have decided on, and that were replaced since. */
    public Mono<List<Paper>> superseded(UUID application) {
        return list("superseded_at IS NOT NULL", application);
    }

    private Mono<List<Paper>> list(String which, UUID application) {
        return database.sql("SELECT " + COLUMNS + " FROM application_paper WHERE application_id = :application AND "
                + which + " ORDER BY id").bind("application", application).map(SealedPapers::paper).all().collectList();
    }

    /** @throws ProblemException 404 */
    public Mono<byte[]> read(UUID application, UUID paper) {
        return database.sql("SELECT content FROM application_paper WHERE id = :id AND application_id = :application")
                .bind("id", paper)
                .bind("application", application)
                .mapValue(byte[].class)
                .one()
                .switchIfEmpty(Mono.error(SealedPapers::none))
                .publishOn(Schedulers.boundedElastic())
                .map(sealed -> Base64.getDecoder().decode(cipher.decrypt(TABLE, "content", paper, sealed)));
    }

    /**
     * What was handed in before a supplement was asked for stays, marked; anything else is deleted.
     *
     * @throws ProblemException 404
     */
    public Mono<Paper> takeBack(UUID application, UUID paper) {
        return one(database.sql("""
                UPDATE application_paper SET superseded_at = :now
                 WHERE id = :id AND application_id = :application AND superseded_at IS NULL
                   AND uploaded_at <= (SELECT max(asked_at) FROM supplement_request WHERE application_id = :application)
                RETURNING
                """ + COLUMNS).bind("now", OffsetDateTime.now(clock)), application, paper)
                .switchIfEmpty(Mono.defer(() -> one(database.sql("""
                        DELETE FROM application_paper
                         WHERE id = :id AND application_id = :application AND superseded_at IS NULL
                        RETURNING
                        """ + COLUMNS), application, paper)))
                .switchIfEmpty(Mono.error(SealedPapers::none));
    }

    private static Mono<Paper> one(DatabaseClient.GenericExecuteSpec sql, UUID application, UUID paper) {
        return sql.bind("id", paper).bind("application", application).map(SealedPapers::paper).one();
    }

    private static Paper paper(Readable row) {
        return new Paper(row.get("id", UUID.class), row.get("kind", String.class), row.get("media_type", String.class),
                row.get("size_bytes", Integer.class), HexFormat.of().formatHex(row.get("sha256", byte[].class)),
                row.get("uploaded_at", OffsetDateTime.class), row.get("superseded_at", OffsetDateTime.class));
    }

    private static ProblemException none() {
        return ProblemException.of(CommonProblem.NOT_FOUND, "没有这份材料");
    }
}
