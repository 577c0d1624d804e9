package cn.cityapis.eldercare.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {

    private static final Extension EXTENSION = new Extension(UUID.randomUUID(), LocalDate.of(2027, 12, 31),
            LocalDate.of(2024, 12, 20), "371000", "演示", true);

    private static RuleBook book(Extension... extensions) {
        return new RuleBook("2023-17", "威民发〔2023〕17号", "办法", LocalDate.of(2023, 7, 18), LocalDate.of(2024, 12, 31),
                List.of(extensions), Fixtures.OPTIONS, ArticleTable.OF_2023, null);
    }

    @Nested
    @DisplayName("第三十条: in force from 2023-07-18 to 2024-12-31")
    class Article30 {

        @ParameterizedTest
        @CsvSource({"2023-07-17,NOT_YET", "2023-07-18,IN_FORCE", "2024-12-31,IN_FORCE", "2025-01-01,EXPIRED"})
        void withoutAnExtensionItExpires(LocalDate day, RuleBook.Status status) {
            assertThat(book().statusOn(day)).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"2024-12-31,IN_FORCE", "2025-01-01,EXTENDED", "2027-12-31,EXTENDED", "2028-01-01,EXPIRED"})
        void anOperatorsActExtendsIt(LocalDate day, RuleBook.Status status) {
            assertThat(book(EXTENSION).statusOn(day)).isEqualTo(status);
        }

        @Test
        void theAnswerShowsWhatItRestsOn() {
            assertThat(book(EXTENSION).referenceOn(LocalDate.of(2026, 1, 1)).extendedBy()).isEqualTo(EXTENSION);
            assertThat(book(EXTENSION).referenceOn(LocalDate.of(2024, 1, 1)).extendedBy()).isNull();
            assertThat(book().takesApplicationsOn(LocalDate.of(2026, 1, 1))).isFalse();
        }
    }
}
