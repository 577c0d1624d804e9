package cn.cityapis.policy.document;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.text.Extension;
import cn.cityapis.policy.text.Repeal;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Standing;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/**
 * One version of a document, without its text.
 *
 * @param id             of the work: the same for all versions
 * @param repeal         what ended it first, of the documents held
 * @param extension      what prolongs it farthest, of the documents held
 * @param contentsNumber the number the contents page of the issue gives, where it is another
 */
public record DocumentVersion(UUID id, UUID versionId, int version, SourceKind sourceKind, @Nullable String number,
        @Nullable String contentsNumber, String title, List<String> organs, @Nullable String addressees,
        Validity validity, @Nullable Repeal repeal, @Nullable Extension extension,
        @Nullable String topic, @Nullable IssueReference issue, OffsetDateTime recordedAt) {

    /** Whether it holds on a day, other documents considered. */
    public Standing standing() {
        return new Standing(validity, repeal, extension);
    }

    /** The issue of the gazette a version was loaded from. */
    @Schema(description = "所载的公报期次")
    public record IssueReference(@Schema(description = "年份", example = "2023") int year,
            @Schema(description = "当年第几期", example = "4") int number) {
    }
}
