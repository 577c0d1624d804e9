package cn.cityapis.platform.webhooks;

import java.net.InetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param anyAddress whether plain http and addresses inside are allowed, too: for development only
 * @param timeout for one delivery, from connecting to the head of the answer
 * @param every how often what is due is looked for
 */
@ConfigurationProperties("platform.webhooks")
record WebhookSettings(@DefaultValue("false") boolean anyAddress, @DefaultValue("PT15S") Duration timeout,
        @DefaultValue("PT1S") Duration every) {

    boolean allows(InetAddress address) {
        return anyAddress || PublicAddresses.contains(address);
    }
}
