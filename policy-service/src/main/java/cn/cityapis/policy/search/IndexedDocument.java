package cn.cityapis.policy.search;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;

/** The current version of a work as the index takes it over. */
record IndexedDocument(DocumentVersion document, List<Article> articles) {

    private static final OffsetDateTime NEVER = OffsetDateTime.parse("1970-01-01T00:00:00Z");

    /** A work that is to be found no longer: it has no articles. */
    static IndexedDocument gone(UUID work) {
        return new IndexedDocument(new DocumentVersion(work, work, 0, SourceKind.OFFICIAL, null, null, "", List.of(),
                null, new Validity(null, null, null, false), null, null, null, null, NEVER), List.of());
    }
}
