package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.scheme.Scheme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The published versions, which decisions pin. A version that is there never changes. */
class SchemeVersions {

    private final DatabaseClient database;
    private final Clock clock;

    SchemeVersions(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws PublicationRefused if a version was published before with other contents */
    Mono<Void> register(PublishedSchemes schemes) {
        return Flux.fromIterable(schemes.list()).concatMap(one -> register(one.scheme().scheme(), one.document()))
                .then();
    }

    private Mono<Void> register(Scheme scheme, String document) {
        byte[] digest = sha256(document);
        return database.sql("""
                INSERT INTO scheme_version (scheme_id, version, digest, document, published_at)
                VALUES (:id, :version, :digest, :document, :now)
                ON CONFLICT (scheme_id, version) DO NOTHING
                """)
                .bind("id", scheme.id())
                .bind("version", scheme.version())
                .bind("digest", digest)
                .bind("document", document)
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .then(Mono.defer(() -> published(scheme)))
                .doOnNext(known -> {
                    if (!Arrays.equals(known, digest)) {
                        throw new PublicationRefused(scheme.id(), List.of("version " + scheme.version()
                                + " is published with other contents; a change needs a new version"));
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

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
