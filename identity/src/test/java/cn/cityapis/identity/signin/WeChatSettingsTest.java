package cn.cityapis.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.identity.settings.SettingException;
import cn.cityapis.identity.signin.WeChatSettings.MiniProgram;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeChatSettingsTest {

    private static final MiniProgram PROGRAM = new MiniProgram("my-app", "wx1", "secret-canary");

    private static WeChatSettings settings(String base, MiniProgram... programs) {
        return new WeChatSettings(URI.create(base), Duration.ofSeconds(2), Duration.ofSeconds(5), List.of(programs));
    }

    @Test
    void theSecretTravelsByHttpsOnly() {
        assertThat(settings("https://api.weixin.qq.com", PROGRAM).of("my-app")).contains(PROGRAM);
        for (String base : List.of("http://api.weixin.qq.com", "api.weixin.qq.com", "http://10.0.0.1")) {
            assertThatThrownBy(() -> settings(base)).isInstanceOf(SettingException.class);
        }
    }

    @Test
    void aMiniProgramIsWholeAndTheOnlyOneOfItsClient() {
        assertThatThrownBy(() -> settings("https://a.cn", PROGRAM, PROGRAM)).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> new MiniProgram("my-app", "wx1", "")).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> new MiniProgram("", "wx1", "s")).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> new MiniProgram("my-app", "wx1&", "s-canary")).isInstanceOf(SettingException.class)
                .hasMessageNotContaining("s-canary");
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(settings("https://a.cn", PROGRAM)).asString().doesNotContain("secret-canary");
    }
}
