package cn.cityapis.pharmacy.stock;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param freshFor how long a report of stock counts as "in stock" rather than "said to have it" */
@ConfigurationProperties("pharmacy.nearby")
public record FreshnessSettings(@DefaultValue("P3D") Duration freshFor) {
}
