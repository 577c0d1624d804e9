package cn.cityapis.bench.policy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import cn.cityapis.bench.Database;

/**
 * PostgreSQL full text over the same articles: pairs of characters (words of other scripts whole) in a tsvector of the
 * configuration 'simple', a GIN index, the first 20 by ts_rank with their text and document.
 */
final class FullText {

    private static final int FETCH = 5_000;
    private static final String BEST = """
            SELECT found.rank, a.key, a.body, v.number, v.title, v.valid_until
              FROM (SELECT version_id, seq, ts_rank(terms, asked) AS rank
                      FROM bench_terms, to_tsquery('simple', ?) AS asked
                     WHERE terms @@ asked
                     ORDER BY rank DESC
                     LIMIT 20) AS found
              JOIN article a ON a.version_id = found.version_id AND a.seq = found.seq
              JOIN version v ON v.id = a.version_id
             ORDER BY found.rank DESC
            """;

    /** How the pairs of a question are put together. */
    enum Match {
        ANY(" | "), ALL(" & ");

        private final String operator;

        Match(String operator) {
            this.operator = operator;
        }

        String query(String question) {
            Set<String> distinct = new LinkedHashSet<>(terms(question));
            return distinct.stream().map(term -> "'" + term + "'").collect(Collectors.joining(operator));
        }
    }

    private FullText() {
    }

    static void build(Database database) throws SQLException {
        database.run("CREATE TABLE bench_terms (version_id uuid, seq int, terms tsvector)");
        try (Connection from = database.open();
                Connection to = database.open();
                Statement reading = from.createStatement()) {
            from.setAutoCommit(false);
            reading.setFetchSize(FETCH);
            try (ResultSet articles = reading.executeQuery("SELECT version_id, seq, body FROM article")) {
                List<String> lines = new ArrayList<>();
                while (articles.next()) {
                    lines.add(articles.getString(1) + "\t" + articles.getInt(2) + "\t" + vector(articles.getString(3))
                            + "\n");
                    if (lines.size() == FETCH || articles.isLast()) {
                        BulkInsert.copy(to, "bench_terms", lines.stream());
                        lines.clear();
                    }
                }
            }
        }
        database.run("CREATE INDEX bench_terms_gin ON bench_terms USING gin (terms) WITH (fastupdate = off)");
        database.run("VACUUM ANALYZE");
    }

    /** @return how many articles came back */
    static int ask(Connection connection, Match match, String question) throws SQLException {
        try (PreparedStatement best = connection.prepareStatement(BEST)) {
            best.setString(1, match.query(question));
            int found = 0;
            try (ResultSet rows = best.executeQuery()) {
                while (rows.next()) {
                    found += rows.getString("body").isEmpty() ? 0 : 1;
                }
            }
            return found;
        }
    }

    static String vector(String text) {
        List<String> terms = terms(text);
        Map<String, List<String>> positions = new TreeMap<>();
        for (int i = 0; i < terms.size(); i++) {
            positions.computeIfAbsent(terms.get(i), first -> new ArrayList<>()).add(String.valueOf(i + 1));
        }
        return positions.entrySet().stream().map(term -> "'" + term.getKey() + "':" + String.join(",", term.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Pairs of neighbouring Chinese characters; a run of letters or digits is one term. */
    static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        for (String run : text
                .split("[^\\p{IsHan}\\p{Alnum}]+|(?<=\\p{IsHan})(?=\\p{Alnum})|(?<=\\p{Alnum})(?=\\p{IsHan})")) {
            boolean whole = run.length() == 1 || !run.isEmpty() && run.charAt(0) < 0x80;
            if (whole) {
                terms.add(run);
            }
            for (int i = 0; !whole && i + 1 < run.length(); i++) {
                terms.add(run.substring(i, i + 2));
            }
        }
        return terms;
    }
}
