package cn.cityapis.policy.search;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.policy.text.Article;

/**
 * Plain PostgreSQL full text, as fair as it can be made: no Chinese parser ships with it, so the texts are cut into pairs of
 * characters (and words in other scripts) before {@code to_tsvector('simple', …)}; title, heading and text carry weights; a
 * question is the OR of its pairs; {@code ts_rank} divides by the logarithm of the length.
 */
final class PostgresRanking implements AutoCloseable {

    private static final Pattern RUN = Pattern.compile("[\\p{IsHan}]+|[\\p{IsLatin}\\p{N}]+");

    private final Connection connection;

    PostgresRanking(List<IndexedDocument> documents) throws SQLException {
        TestDatabase database = TestDatabase.create();
        connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        connection.createStatement().execute("CREATE TABLE article (name text, words tsvector)");
        try (PreparedStatement insert = connection.prepareStatement("""
				INSERT INTO article VALUES (?, setweight(to_tsvector('simple', ?), 'B')
				    || setweight(to_tsvector('simple', ?), 'B') || setweight(to_tsvector('simple', ?), 'A'))
				""")) {
            for (IndexedDocument document : documents) {
                for (Article article : document.articles()) {
                    insert.setString(1, document.document().number() + "#" + article.key());
                    insert.setString(2, String.join(" ", pairs(document.document().title())));
                    insert.setString(3, String.join(" ", pairs(article.heading())));
                    insert.setString(4, String.join(" ", pairs(article.text())));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
        connection.createStatement().execute("CREATE INDEX ON article USING gin (words)");
    }

    List<String> rank(String question) {
        Set<String> wanted = new LinkedHashSet<>(pairs(question));
        List<String> ranked = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
				SELECT name FROM article, to_tsquery('simple', ?) AS q
				 WHERE words @@ q ORDER BY ts_rank('{0.1, 0.2, 0.5, 1.0}', words, q, 1) DESC, name LIMIT 10
				""")) {
            select.setString(1, wanted.stream().map(pair -> "'" + pair + "'").collect(Collectors.joining(" | ")));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ranked.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ranked;
    }

    private static List<String> pairs(String text) {
        List<String> pairs = new ArrayList<>();
        RUN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)).results()
                .forEach(run -> {
                    String word = run.group();
                    boolean han = Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.HAN;
                    for (int i = 0; han && i + 1 < word.length(); i++) {
                        pairs.add(word.substring(i, i + 2));
                    }
                    if (!han || word.length() == 1) {
                        pairs.add(word);
                    }
                });
        return pairs;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
