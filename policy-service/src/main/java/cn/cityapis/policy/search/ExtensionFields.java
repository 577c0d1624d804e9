package cn.cityapis.policy.search;

import java.time.LocalDate;

import cn.cityapis.policy.text.Extension;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.jspecify.annotations.Nullable;

/** What has prolonged a document, as the index keeps it; the field until holds its last day already. */
final class ExtensionFields {

    private ExtensionFields() {
    }

    static void add(Document fields, @Nullable Extension extension) {
        if (extension != null) {
            fields.add(new StoredField("extendedBy", extension.by()));
            stored(fields, "extendedIn", extension.article());
            stored(fields, "extendedUntil", extension.until() == null ? null : extension.until().toString());
        }
    }

    static @Nullable Extension read(Document stored) {
        String by = stored.get("extendedBy");
        String until = stored.get("extendedUntil");
        return by == null
                ? null
                : new Extension(until == null ? null : LocalDate.parse(until), by, stored.get("extendedIn"));
    }

    private static void stored(Document fields, String field, @Nullable String value) {
        if (value != null) {
            fields.add(new StoredField(field, value));
        }
    }
}
