package cn.cityapis.eldercare.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("第三十条: one book follows another, and each day has one")
class ShelfTest {

    private static final LocalDate NEW = LocalDate.of(2027, 7, 1);
    private static final Extension EXTENSION = new Extension(UUID.randomUUID(), LocalDate.of(2028, 12, 31),
            LocalDate.of(2024, 12, 20), "371000", "延长", false);

    static RuleBook old(@Nullable LocalDate replacedFrom, Extension... extensions) {
        return new RuleBook("2023-17", "威民发〔2023〕17号", "办法", LocalDate.of(2023, 7, 18), LocalDate.of(2024, 12, 31),
                List.of(extensions), Fixtures.OPTIONS, ArticleTable.OF_2023, replacedFrom);
    }

    private static RuleBook next() {
        return new RuleBook("next", "威民发〔2027〕1号", "新办法", NEW, LocalDate.of(2032, 6, 30), List.of(),
                Fixtures.OPTIONS, new ArticleTable(java.util.Map.of(5, 6, 13, 15)), null);
    }

    private static Shelf shelf() {
        return new Shelf(List.of(old(NEW, EXTENSION), next()));
    }

    @ParameterizedTest
    @CsvSource({"2020-01-01,2023-17", "2023-07-18,2023-17", "2027-06-30,2023-17", "2027-07-01,next", "2040-01-01,next"})
    void eachDayHasTheLatestThatHasBegun(LocalDate day, String id) {
        assertThat(shelf().on(day).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"2024-12-31,IN_FORCE", "2025-01-01,EXTENDED", "2027-06-30,EXTENDED", "2027-07-01,EXPIRED",
            "2028-12-31,EXPIRED"})
    void theReplacedOneEndsOnTheDayBeforeThoughItWasExtendedBeyond(LocalDate day, RuleBook.Status status) {
        assertThat(shelf().of("2023-17").statusOn(day)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2024-12-30,2024-12-31,IN_FORCE", "2024-12-30,2025-01-01,EXPIRED", "2024-01-01,2024-01-01,EXPIRED"})
    void soItDoesInsideItsOwnPeriod(LocalDate ignored, LocalDate day, RuleBook.Status status) {
        LocalDate from = ignored.getMonthValue() == 1 ? ignored : LocalDate.of(2025, 1, 1);
        assertThat(old(from).statusOn(day)).isEqualTo(status);
    }

    @Test
    void itsLastDayIsThatOfTheLatestExtensionOrTheOneBeforeTheNext() {
        assertThat(old(null).lastDay()).isEqualTo("2024-12-31");
        assertThat(old(null, EXTENSION).lastDay()).isEqualTo("2028-12-31");
        assertThat(old(NEW, EXTENSION).lastDay()).isEqualTo("2027-06-30");
        assertThat(old(NEW).lastDay()).isEqualTo("2024-12-31");
    }

    @Test
    void whatWasHandedInUnderItStillShowsWhatItRestedOn() {
        RuleBookReference shown = shelf().of("2023-17").referenceOn(LocalDate.of(2029, 1, 1));
        assertThat(shown.extendedBy()).isEqualTo(EXTENSION);
        assertThat(shown.replacedFrom()).isEqualTo(NEW);
        assertThat(shelf().of("next").referenceOn(LocalDate.of(2029, 1, 1)).extendedBy()).isNull();
    }

    @Test
    void eachBookCitesItsOwnArticles() {
        assertThat(shelf().of("2023-17").cite(13)).isEqualTo(Citation.article(13));
        Citation cited = shelf().of("next").cite(Citation.article(13));
        assertThat(cited.document()).isEqualTo("威民发〔2027〕1号");
        assertThat(cited.article()).isEqualTo(15);
        assertThat(cited.link()).endsWith("/articles/15").isEqualTo(Citation.linkTo("威民发〔2027〕1号") + "/articles/15");
        assertThat(shelf().of("next").cite(cited)).as("said once").isEqualTo(cited);
    }
}
