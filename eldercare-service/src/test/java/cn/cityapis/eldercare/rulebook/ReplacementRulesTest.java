package cn.cityapis.eldercare.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("第三十条: what may take the place of a rule book")
class ReplacementRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final Extension EXTENSION = new Extension(UUID.randomUUID(), LocalDate.of(2028, 12, 31),
            LocalDate.of(2024, 12, 20), "371000", "延长", false);

    private static List<String> wrong(ReplaceRequest asked, RuleBook latest) {
        Violations violations = new Violations();
        ReplacementRules.check(asked, new Shelf(List.of(latest)), TODAY, violations);
        return violations.list().stream().map(each -> each.pointer() + " " + each.code()).toList();
    }

    private static RuleBook extended() {
        return ShelfTest.old(null, EXTENSION);
    }

    private static ReplaceRequest asked(Map<String, @Nullable Object> changes) {
        Map<String, Object> body = Fixtures.book("威民发〔2027〕1号", "2027-07-01", "2032-06-30");
        changes.forEach((name, value) -> {
            if (value == null) {
                body.remove(name);
            } else {
                body.put(name, value);
            }
        });
        return JSON.convertValue(body, ReplaceRequest.class);
    }

    private static ReplaceRequest from(String day) {
        return asked(Map.of("inForceFrom", day));
    }

    @Test
    void aWholeBookThatFollowsIsTaken() {
        assertThat(wrong(asked(Map.of()), extended())).isEmpty();
        RuleBook book = asked(Map.of()).book("id");
        assertThat(book.options().minimumAge()).isEqualTo(65);
        assertThat(book.options().exemptFeePayer()).isEqualTo("市民政部门");
        assertThat(book.cite(30).article()).isEqualTo(35);
    }

    @Test
    void theExampleOfTheRunbookIsTaken() throws IOException {
        Path example = Stream.of("docs", "../docs").map(docs -> Path.of(docs, "examples/rule-book.json"))
                .filter(Files::exists).findFirst().orElseThrow();
        assertThat(wrong(JSON.readValue(Files.readString(example), ReplaceRequest.class), extended())).isEmpty();
    }

    @Test
    void everythingThatIsAbsentIsNamedAtOnce() {
        ReplaceRequest nothing = new ReplaceRequest(null, null, null, null, null, null, " ", null, null);
        assertThat(wrong(nothing, extended())).containsExactlyInAnyOrder("/number missing", "/title missing",
                "/replaces missing", "/inForceFrom missing", "/inForceTo missing", "/decidedOn missing",
                "/basis missing", "/options missing", "/articles missing");
        Map<String, Integer> some = new HashMap<>(Map.of("5", 0, "29", 29));
        some.put("6", null);
        List<String> parts = wrong(asked(Map.of("options", Map.of("minimumAge", 60), "articles", some)), extended());
        assertThat(parts).hasSize(18 + 27 + 2).contains("/options/keepOriginalTime missing", "/articles/6 missing",
                "/articles/30 missing", "/articles/5 out-of-range", "/articles/29 unknown")
                .doesNotContain("/options/minimumAge missing", "/articles/1 missing");
    }

    @ParameterizedTest
    @CsvSource({"2023-07-18,overlaps", "2023-07-19,overlaps", "2026-11-25,overlaps", "2026-11-26,", "2028-12-31,",
            "2029-06-01,"})
    @DisplayName("what is in force takes applications today, so the next begins tomorrow at the earliest")
    void afterOneInForce(String day, @Nullable String code) {
        List<String> expected = Stream.ofNullable(code).map(each -> "/inForceFrom " + each).toList();
        assertThat(wrong(from(day), extended())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2024-12-31,overlaps", "2025-01-01,", "2026-11-25,"})
    @DisplayName("after one that ran out, it may reach back to where nothing held")
    void afterOneThatRanOut(String day, @Nullable String code) {
        List<String> expected = Stream.ofNullable(code).map(each -> "/inForceFrom " + each).toList();
        assertThat(wrong(from(day), ShelfTest.old(null))).isEqualTo(expected);
    }

    @Test
    void onlyTheLatestIsReplacedAndANumberIsUsedOnce() {
        Violations violations = new Violations();
        RuleBook next = asked(Map.of()).book("next");
        ReplacementRules.check(asked(Map.of("inForceFrom", "2027-07-01")),
                new Shelf(List.of(ShelfTest.old(next.inForceFrom(), EXTENSION), next)), TODAY, violations);
        assertThat(violations.list()).extracting(Violation::pointer, Violation::code).containsExactly(
                org.assertj.core.groups.Tuple.tuple("/number", "duplicate"),
                org.assertj.core.groups.Tuple.tuple("/replaces", "already-replaced"),
                org.assertj.core.groups.Tuple.tuple("/inForceFrom", "overlaps"));
        assertThat(wrong(asked(Map.of("replaces", "威民发〔1999〕1号")), extended())).containsExactly("/replaces unknown");
    }

    @Test
    void itEndsAfterItBeginsAndWasDecidedByToday() {
        assertThat(wrong(asked(Map.of("inForceTo", "2027-06-30", "decidedOn", "2026-11-26")), extended()))
                .containsExactly("/inForceTo out-of-range", "/decidedOn out-of-range");
        assertThat(wrong(asked(Map.of("inForceTo", "2027-07-01", "decidedOn", "2026-11-25")), extended())).isEmpty();
        assertThat(wrong(asked(Map.of("decidedOn", "2023-07-17")), extended()))
                .containsExactly("/decidedOn out-of-range");
    }
}
