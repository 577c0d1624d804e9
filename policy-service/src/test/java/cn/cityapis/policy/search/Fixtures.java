package cn.cityapis.policy.search;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;

/** Documents made up for a test. */
final class Fixtures {

    private Fixtures() {
    }

    static IndexedDocument document(String number, String title, String... articles) {
        return document(number, title, LocalDate.of(2031, 1, 1), null, articles);
    }

    static IndexedDocument document(String number, String title, LocalDate from, LocalDate until, String... articles) {
        UUID id = UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8));
        List<Article> numbered = new ArrayList<>();
        for (String article : articles) {
            String key = String.valueOf(numbered.size() + 1);
            numbered.add(new Article(key, null, key, "", article));
        }
        return new IndexedDocument(new DocumentVersion(id, id, 1, SourceKind.OFFICIAL, number, null, title,
                List.of("海岚市人民政府"), null, new Validity(from, from, until, false), null, null, null, null,
                OffsetDateTime.parse("2031-01-01T00:00:00+08:00")), numbered);
    }

    /** What stands in a cursor. */
    static List<String> cursor(String cursor) {
        List<String> parts = new ArrayList<>(List.of(cursor.split("\\.")));
        return parts.subList(1, parts.size()).stream()
                .map(part -> new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8)).toList();
    }
}
