package cn.cityapis.policy.load;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is loaded without being asked.
 *
 * @param digest      whether the digest that the project ships is loaded
 * @param gazetteFile an issue's text; empty: none
 * @param gazetteDir  a folder whose files are loaded, each once; empty: none
 * @param parseLimit  a text that takes longer to parse is given up
 */
@ConfigurationProperties("policy")
record LoadSettings(@DefaultValue("true") boolean digest, @DefaultValue("") String gazetteFile,
        @DefaultValue("") String gazetteDir, @DefaultValue("PT5M") Duration parseLimit) {
}
