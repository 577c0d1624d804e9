package cn.cityapis.policy.subscription;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.SourceKind;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** What is new about a version that becomes the current one. */
enum News {
    DOCUMENT("new"), CORRECTION("corrected"), OFFICIAL_TEXT("official-text");

    private final String code;

    News(String code) {
        this.code = code;
    }

    @JsonValue
    String code() {
        return code;
    }

    /** @param all versions of the document, this one among them */
    static News of(DocumentVersion version, List<DocumentVersion> all) {
        List<DocumentVersion> before = all.stream().filter(one -> one.version() < version.version()).toList();
        if (before.isEmpty()) {
            return DOCUMENT;
        }
        return version.sourceKind() == SourceKind.OFFICIAL
                && before.stream().allMatch(one -> one.sourceKind() == SourceKind.DIGEST) ? OFFICIAL_TEXT : CORRECTION;
    }
}
