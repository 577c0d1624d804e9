package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.csv.Csv;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The files of a filing, sealed in the database. */
@Component
class Papers {

    private static final String TABLE = "insurance_file";
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Ids ids;
    private final Clock clock;

    Papers(DatabaseClient database, FieldCipher cipher, Ids ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
    }

    static String code(Filing.PaperKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Sealed off the event loop. */
    Mono<Void> insert(UUID filing, Filing.PaperKind kind, String mediaType, byte[] content, String by) {
        UUID id = ids.next();
        return Mono
                .fromCallable(() -> cipher.encrypt(TABLE, "content", id, Base64.getEncoder().encodeToString(content)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(sealed -> database.sql("""
                        INSERT INTO insurance_file (id, filing_id, kind, media_type, size_bytes, sha256, content, uploaded_by,
                               uploaded_at)
                        VALUES (:id, :filing, :kind, :type, :size, :sha256, :content, :by, :now)
                        """)
                        .bind("id", id)
                        .bind("filing", filing)
                        .bind("kind", code(kind))
                        .bind("type", mediaType)
                        .bind("size", content.length)
                        .bind("sha256", Csv.sha256(content))
                        .bind("content", sealed)
                        .bind("by", by)
                        .bind("now", OffsetDateTime.now(clock))
                        .then());
    }

    /** @throws ProblemException 404 */
    Mono<byte[]> read(UUID filing, UUID file) {
        return database.sql("SELECT content FROM insurance_file WHERE id = :id AND filing_id = :filing")
                .bind("id", file)
                .bind("filing", filing)
                .mapValue(byte[].class)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这份材料")))
                .publishOn(Schedulers.boundedElastic())
                .map(sealed -> Base64.getDecoder().decode(cipher.decrypt(TABLE, "content", file, sealed)));
    }
}
