package cn.cityapis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsRulesTest {

    /** Recorded at 23:30 and 00:30 in Weihai, both on the day before by universal time. */
    private static final List<DocumentVersion> ALL = List.of(version(3, SourceKind.OFFICIAL, "2031-05-04T16:30:00Z"),
            version(1, SourceKind.OFFICIAL, "2031-05-01T15:30:00Z"),
            version(2, SourceKind.DIGEST, "2031-05-03T02:00:00Z"));

    @ParameterizedTest
    @CsvSource({"2031-04-30,3", "2031-05-01,1", "2031-05-03,1", "2031-05-04,1", "2031-05-05,3", "2040-01-01,3"})
    void showsWhatWasCurrentThatDay(LocalDate day, int version) {
        assertThat(Versions.on(ALL, day, ZoneId.of("Asia/Shanghai")).version()).isEqualTo(version);
    }

    private static DocumentVersion version(int number, SourceKind kind, String recorded) {
        return new DocumentVersion(new UUID(0, 1), new UUID(1, number), number, kind, null, null, "甲", List.of(), null,
                new Validity(null, null, null, false), null, null, null, null, OffsetDateTime.parse(recorded));
    }
}
