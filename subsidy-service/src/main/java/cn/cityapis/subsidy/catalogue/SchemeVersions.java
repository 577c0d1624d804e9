package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.scheme.Scheme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The published versions, which decisions pin. A version that is there never changes. */
class SchemeVersions {

    /** The first version of a scheme that the service ships decides all cases of its time. */
    private static final LocalDate EVER = LocalDate.of(1, 1, 1);

    private final DatabaseClient database;
    private final Clock clock;

    SchemeVersions(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param document canonical JSON */
    record Stored(String scheme, int version, String document, LocalDate effectiveFrom) {
    }

    /** @throws PublicationRefused if a version was published before with other contents */
    Mono<Void> register(PublishedSchemes schemes) {
        return Flux.fromIterable(schemes.list()).concatMap(one -> {
            Scheme scheme = one.scheme().scheme();
            return register(scheme, one.document(), scheme.version() == 1 ? EVER : LocalDate.now(clock));
        }).then();
    }

    /** @throws PublicationRefused if it was published before with other contents */
    Mono<Void> register(Scheme scheme, String document, LocalDate effectiveFrom) {
        byte[] digest = sha256(document);
        return database.sql("""
                INSERT INTO scheme_version (scheme_id, version, digest, document, effective_from, published_at)
                VALUES (:id, :version, :digest, :document, :from, :now)
                ON CONFLICT (scheme_id, version) DO NOTHING
                """)
                .bind("id", scheme.id())
                .bind("version", scheme.version())
                .bind("digest", digest)
                .bind("document", document)
                .bind("from", effectiveFrom)
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .then(Mono.defer(() -> published(scheme)))
                .doOnNext(known -> {
                    if (!Arrays.equals(known, digest)) {
                        throw new PublicationRefused(scheme.id(),
                                List.of("第 " + scheme.version() + " 版已发布且内容不同；修改须使用新的版本号"));
                    }
                })
                .then();
    }

    private Mono<byte[]> published(Scheme scheme) {
        return database.sql("SELECT digest FROM scheme_version WHERE scheme_id = :id AND version = :version")
                .bind("id", scheme.id())
                .bind("version", scheme.version())
                .mapValue(byte[].class)
                .one();
    }

    /** Versions are only ever added: their number tells whether there are new ones. */
    Mono<Long> count() {
        return database.sql("SELECT count(*) FROM scheme_version").mapValue(Long.class).one();
    }

    Mono<List<Stored>> all() {
        return database.sql("SELECT scheme_id, version, document, effective_from FROM scheme_version")
                .map(row -> new Stored(row.get("scheme_id", String.class), row.get("version", Integer.class),
                        row.get("document", String.class), row.get("effective_from", LocalDate.class)))
                .all().collectList();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
