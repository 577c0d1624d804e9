package cn.cityapis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void aTargetIsReachedFromItsLimitOn() {
        assertThat(Target.atMost("t", 25, 25, " ms", "").verdict()).isEqualTo("reached");
        assertThat(Target.atMost("t", 25, 25.1, " ms", "").verdict()).isEqualTo("missed");
        assertThat(Target.atLeast("t", 10, 9.9, "", "").verdict()).isEqualTo("missed");
    }
}
