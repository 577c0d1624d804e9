package cn.cityapis.policy.feed;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The download of everything.
 *
 * @param stall a client that takes no line for so long is cut off
 */
@ConfigurationProperties("policy.bulk")
record FeedSettings(@DefaultValue("PT30S") Duration stall) {
}
