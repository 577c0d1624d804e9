package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class FourDigitYearsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().setDeserializerModifier(new FourDigitYears())).build();

    private record Times(LocalDate date, OffsetDateTime offset, Instant moment, LocalTime time) {
    }

    @ParameterizedTest
    @CsvSource({"date, 1000-01-01, true", "date, 0999-12-31, false", "date, 9999-12-31, true",
            "date, +10000-01-01, false",
            "offset, 1000-01-01T00:00:00Z, true", "offset, 1000-01-01T00:00:00+08:00, false",
            "offset, 9999-12-30T23:59:59Z, true", "offset, 9999-12-31T00:00:00Z, false",
            "offset, +999999999-12-31T23:59:59-18:00, false", "moment, 1000-01-01T00:00:00Z, true",
            "moment, -999999999-01-01T00:00:00Z, false", "moment, +10000-01-01T00:00:00Z, false", "time, 09:00, true"})
    void aYearHasFourDigits(String field, String text, boolean taken) {
        String body = "{\"" + field + "\":\"" + text + "\"}";
        if (taken) {
            assertThat(JSON.readValue(body, Times.class)).isNotEqualTo(new Times(null, null, null, null));
        } else {
            assertThatThrownBy(() -> JSON.readValue(body, Times.class)).isInstanceOf(JacksonException.class);
        }
    }

    @Test
    void aDateInAQueryIsWrittenAsInABody() {
        QueryDate dates = new QueryDate();
        assertThat(dates.parse("2026-11-02", Locale.US)).isEqualTo("2026-11-02");
        for (String other : new String[]{"11/2/26", "2026-11-31", "+10000-01-01", "-0001-01-01"}) {
            assertThatThrownBy(() -> dates.parse(other, Locale.US)).as(other).isInstanceOf(DateTimeException.class);
        }
    }
}
