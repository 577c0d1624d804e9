package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesRulesTest {

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByAddress(Objects.requireNonNull(NetUtil.createByteArrayFromIpAddressString(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9",
            "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1",
            "255.255.255.255", "::", "::1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
            "2001::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
            "::ffff:10.0.0.1"})
    void inside(String text) throws UnknownHostException {
        assertThat(PublicAddresses.contains(address(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
            "114.114.114.114", "223.5.5.5", "192.167.255.255", "2400:3200::1", "2606:4700::1111"})
    void outside(String text) throws UnknownHostException {
        assertThat(PublicAddresses.contains(address(text))).isTrue();
    }
}
