package cn.cityapis.stack.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesTheUsedPortInOneLine() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", used.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port " + used.getLocalPort() + " is in use")
                    .message().doesNotContain("\n");
        }
    }

    @Test
    void seesAPortThatIsUsedOnAllAddresses() throws IOException {
        try (ServerSocket used = new ServerSocket(0)) {
            assertThat(Ports.free("127.0.0.1", used.getLocalPort())).isFalse();
        }
    }

    @Test
    void acceptsAFreePort() {
        int port = Ports.pick(1).get(0);
        assertThatCode(() -> Ports.requireFree("127.0.0.1", port)).doesNotThrowAnyException();
    }

    @Test
    void picksDifferentPorts() {
        assertThat(Ports.pick(20)).doesNotHaveDuplicates().hasSize(20);
    }
}
