package cn.cityapis.policy.format;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/**
 * One version of a document as a rendering names it.
 *
 * @param city      whose deployment publishes it: six digits, of the standard codes of areas
 * @param id        of the work, the same for all versions
 * @param permalink the path that leads to it
 */
public record Described(String city, UUID id, int version, String title, @Nullable String number, List<String> organs,
        Validity validity, SourceKind sourceKind, OffsetDateTime recordedAt, String permalink) {

    static final String DIGEST = "（摘要，不是官方文本）";

    boolean digest() {
        return sourceKind == SourceKind.DIGEST;
    }
}
