package cn.cityapis.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.layout.StackException;
import org.junit.jupiter.api.Test;

class DemoIdentityTest {

    @Test
    void isCalledByItsWord() {
        for (DemoIdentity identity : DemoIdentity.values()) {
            assertThat(DemoIdentity.of(identity.word())).isEqualTo(identity);
        }
        assertThat(DemoIdentity.of("home-operator")).isEqualTo(DemoIdentity.HOME_OPERATOR);
    }

    @Test
    void namesAllWhenNobodyIsCalledThat() {
        assertThatThrownBy(() -> DemoIdentity.of("mayor")).isInstanceOf(StackException.class)
                .hasMessageContaining("nobody is called mayor").hasMessageContaining("home-operator");
    }
}
