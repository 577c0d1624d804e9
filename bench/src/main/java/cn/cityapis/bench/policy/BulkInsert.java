package cn.cityapis.bench.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Puts documents straight into the tables of the service, in one transaction, as its loader would leave them. */
final class BulkInsert {

    private static final String EMPTY_TREE = "{\"kind\": \"document\", \"text\": \"\", \"rows\": [], \"children\": []}";

    /** A document with the ids of its rows. */
    private record Row(UUID work, UUID version, Document document) {
    }

    private BulkInsert() {
    }

    static void insert(Connection connection, List<Document> documents) throws SQLException, IOException {
        List<Row> rows = documents.stream().map(document -> new Row(UUID.randomUUID(), UUID.randomUUID(), document))
                .toList();
        connection.setAutoCommit(false);
        copy(connection, "work (id, key)", rows.stream().map(row -> line(row.work(), key(row.document()))));
        copy(connection, "version (id, work_id, version, source_kind, number, number_key, title, organs, addressees, "
                + "issued, in_force, valid_until, trial, topic, tree, content_hash, recorded_at)",
                rows.stream().map(row -> version(row, row.document())));
        copy(connection, "article (version_id, seq, key, number, label, heading, body)",
                rows.stream().flatMap(BulkInsert::articles));
        int edition = edition(connection);
        copy(connection, "entitlement_reading (version_id, rules)",
                rows.stream().map(row -> line(row.version(), edition)));
        connection.commit();
    }

    /** By which the service reads awards: without it, it would read all these versions again while it is measured. */
    private static int edition(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT max(rules) FROM entitlement_reading")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String version(Row row, Document document) {
        return line(row.version(), row.work(), 1, "official", document.number(), key(document), document.title(),
                "{" + document.organ() + "}", document.addressees(), document.issued(), document.issued(),
                document.validUntil(), false, document.topic(), EMPTY_TREE, "\\\\x00", "2030-01-01 00:00:00+08");
    }

    private static Stream<String> articles(Row row) {
        Function<Document.Chapter, Stream<String>> lines = chapter -> chapter.articles().stream()
                .map(article -> line(row.version(), article.number(), article.number(), article.number(),
                        article.label(), chapter.heading(), article.body()));
        return row.document().chapters().stream().flatMap(lines);
    }

    private static String key(Document document) {
        return document.word() + "-" + document.year() + "-" + document.sequence();
    }

    private static String line(Object... values) {
        return String.join("\t", Stream.of(values).map(String::valueOf).toList()) + "\n";
    }

    /** The lines as COPY reads them. */
    static void copy(Connection connection, String into, Stream<String> lines) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
        for (String line : (Iterable<String>) lines::iterator) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
            copy.writeToCopy(bytes.array(), 0, bytes.limit());
        }
        copy.endCopy();
    }
}
