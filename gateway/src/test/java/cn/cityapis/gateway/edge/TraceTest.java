package cn.cityapis.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aCallersTraceGoesOnWithASpanOfOurOwn() {
        Trace trace = Trace.of("00-" + ID + "-00f067aa0ba902b7-01");
        assertThat(trace.id()).isEqualTo(ID);
        assertThat(trace.continued()).isTrue();
        assertThat(trace.parent()).matches("00-" + ID + "-[0-9a-f]{16}-01").doesNotContain("00f067aa0ba902b7");
        assertThat(Trace.of("00-" + ID + "-00f067aa0ba902b7-00").parent()).endsWith("-00");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "nonsense", "00-" + ID + "-0000000000000000-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "01-" + ID + "-00f067aa0ba902b7-01",
            "00-" + ID + "-00f067aa0ba902b7-01\r\nX: y", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"})
    void whatIsNoneBeginsOne(String header) {
        Trace trace = Trace.of(header);
        assertThat(trace.continued()).isFalse();
        assertThat(trace.id()).matches("[0-9a-f]{32}").isNotEqualTo(ID);
        assertThat(trace.parent()).matches("00-" + trace.id() + "-[0-9a-f]{16}-01");
    }
}
