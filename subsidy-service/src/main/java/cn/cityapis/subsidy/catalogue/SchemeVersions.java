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

    /**
     * What is shipped is the first version of its scheme in a city, and decides all cases of its time. Where one has been
     * published, nobody changes the rule alone: a newer document is proposed and approved like any other.
     *
     * @return those that hold here
     * @throws PublicationRefused if a shipped version was published before with other contents
     */
    Mono<List<PublishedSchemes.Published>> register(PublishedSchemes schemes) {
        return Flux.fromIterable(schemes.list()).concatMap(one -> first(one).thenReturn(one))
                .filterWhen(this::holds).collectList();
    }

    private Mono<Void> first(PublishedSchemes.Published shipped) {
        return insert(shipped.scheme().scheme(), shipped.document(), EVER, """
                 WHERE NOT EXISTS (SELECT 1 FROM scheme_version WHERE scheme_id = :id) ON CONFLICT DO NOTHING
                """);
    }

    /** Whether it is the first here, and not one that an office has set under the same number. */
    private Mono<Boolean> holds(PublishedSchemes.Published shipped) {
        return database.sql("""
                SELECT digest FROM scheme_version WHERE scheme_id = :id AND version = :version AND effective_from = :ever
                """)
                .bind("id", shipped.scheme().scheme().id())
                .bind("version", shipped.scheme().scheme().version())
                .bind("ever", EVER)
                .mapValue(byte[].class)
                .one()
                .doOnNext(known -> refuseOther(shipped.scheme().scheme(), known, sha256(shipped.document())))
                .hasElement();
    }

    /** @throws PublicationRefused if it was published before with other contents */
    Mono<Void> register(Scheme scheme, String document, LocalDate effectiveFrom) {
        return insert(scheme, document, effectiveFrom, " ON CONFLICT (scheme_id, version) DO NOTHING")
                .then(Mono.defer(() -> published(scheme)))
                .doOnNext(known -> refuseOther(scheme, known, sha256(document)))
                .then();
    }

    private Mono<Void> insert(Scheme scheme, String document, LocalDate effectiveFrom, String unless) {
        return database.sql("""
                INSERT INTO scheme_version (scheme_id, version, digest, document, effective_from, published_at)
                SELECT :id, :version, :digest, :document, :from, :now
                """ + unless)
                .bind("id", scheme.id())
                .bind("version", scheme.version())
                .bind("digest", sha256(document))
                .bind("document", document)
                .bind("from", effectiveFrom)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    private static void refuseOther(Scheme scheme, byte[] known, byte[] digest) {
        if (!Arrays.equals(known, digest)) {
            throw new PublicationRefused(scheme.id(),
                    List.of("第 " + scheme.version() + " 版已发布且内容不同；修改须使用新的版本号"));
        }
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
