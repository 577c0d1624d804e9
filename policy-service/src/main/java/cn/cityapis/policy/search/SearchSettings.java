package cn.cityapis.policy.search;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param indexDir folder of the index of this replica; deleting it loses nothing
 */
@ConfigurationProperties("policy")
record SearchSettings(Path indexDir) {
}
