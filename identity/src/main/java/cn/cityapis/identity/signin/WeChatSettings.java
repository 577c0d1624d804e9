package cn.cityapis.identity.signin;

import cn.cityapis.identity.settings.SettingException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param base of WeChat's interface; the secret goes there, so by https unless it is on this machine
 * @param connectWithin to the first byte sent
 * @param answerWithin to the last byte read
 * @param miniPrograms whose users are signed in here; none unless configured
 */
@ConfigurationProperties("identity.wechat")
record WeChatSettings(@DefaultValue("https://api.weixin.qq.com") URI base,
        @DefaultValue("2s") Duration connectWithin, @DefaultValue("5s") Duration answerWithin,
        @DefaultValue List<MiniProgram> miniPrograms) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1");

    /** @param client whose users they are, by its client id */
    record MiniProgram(@DefaultValue("") String client, @DefaultValue("") String appId,
            @DefaultValue("") String secret) {

        MiniProgram {
            if (client.isBlank() || !PLAIN.matcher(appId).matches() || !PLAIN.matcher(secret).matches()) {
                throw new SettingException("A mini-program of client \"" + client
                        + "\" is configured without a client, an app-id or a secret, or with one that cannot be");
            }
        }

        @Override
        public String toString() {
            return "MiniProgram[" + client + ", " + appId + "]";
        }
    }

    WeChatSettings {
        if (base.getHost() == null || !"https".equals(base.getScheme()) && !HERE.contains(base.getHost())) {
            throw new SettingException("identity.wechat.base is not an https address: " + base);
        }
        Set<String> clients = new HashSet<>();
        miniPrograms.stream().map(MiniProgram::client).filter(client -> !clients.add(client)).findFirst()
                .ifPresent(client -> {
                    throw new SettingException("Client " + client + " is configured with two mini-programs");
                });
    }

    Optional<MiniProgram> of(String client) {
        return miniPrograms.stream().filter(one -> one.client().equals(client)).findFirst();
    }
}
