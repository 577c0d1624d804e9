package cn.cityapis.pharmacy.nearby;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param drugsFor how old the prices of a medicine may be that is asked for by its id */
@ConfigurationProperties("pharmacy.nearby")
record NearbySettings(@DefaultValue("PT2S") Duration drugsFor) {
}
