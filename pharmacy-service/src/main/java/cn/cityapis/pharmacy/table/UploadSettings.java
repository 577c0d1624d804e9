package cn.cityapis.pharmacy.table;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param atOnce files that a replica works on at a time
 * @param patience how long another one waits for its turn
 */
@ConfigurationProperties("pharmacy.uploads")
record UploadSettings(@DefaultValue("2") int atOnce, @DefaultValue("PT10S") Duration patience) {
}
