package cn.cityapis.policy.search;

import java.time.LocalDate;

import cn.cityapis.policy.text.KeptAlive;
import cn.cityapis.policy.text.Repeal;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** The repeal that ended a document, as the index keeps it; the field until holds its last day already. */
final class RepealFields {

    /** Repealed on a day that nobody knows: repealed on any day. */
    private static final long EVER = 0;

    private RepealFields() {
    }

    static void add(Document fields, @Nullable Repeal repeal) {
        if (repeal == null) {
            return;
        }
        LocalDate since = repeal.since();
        fields.add(new LongPoint("repealed", since == null ? EVER : since.toEpochDay()));
        fields.add(new StoredField("repealedBy", repeal.by()));
        stored(fields, "repealedSince", since == null ? null : since.toString());
        stored(fields, "repealedIn", repeal.article());
        stored(fields, "repealKeeps", repeal.keeps() == null ? null : repeal.keeps().code());
    }

    static @Nullable Repeal read(Document stored) {
        String by = stored.get("repealedBy");
        String since = stored.get("repealedSince");
        String keeps = stored.get("repealKeeps");
        return by == null
                ? null
                : new Repeal(since == null ? null : LocalDate.parse(since), by, stored.get("repealedIn"),
                        keeps == null ? null : KeptAlive.of(keeps));
    }

    static Query repealed(LocalDate day) {
        return LongPoint.newRangeQuery("repealed", Long.MIN_VALUE, day.toEpochDay());
    }

    private static void stored(Document fields, String field, @Nullable String value) {
        if (value != null) {
            fields.add(new StoredField(field, value));
        }
    }
}
