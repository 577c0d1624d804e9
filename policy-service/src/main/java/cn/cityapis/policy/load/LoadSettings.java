package cn.cityapis.policy.load;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is loaded at start.
 *
 * @param digest      whether the digest that the project ships is loaded
 * @param gazetteFile an issue's text; empty: none
 */
@ConfigurationProperties("policy")
record LoadSettings(@DefaultValue("true") boolean digest, @DefaultValue("") String gazetteFile) {
}
