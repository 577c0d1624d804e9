package cn.cityapis.policy.opensearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import cn.cityapis.platform.settings.Required;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param uris     of nodes of one cluster; where one does not answer, the next is asked
 * @param username none where the cluster asks for none
 * @param index    what the names of the indexes begin with
 * @param shards   into how many parts an index is cut when it is built
 * @param replicas further copies of each part
 * @param timeout  for one call
 */
@ConfigurationProperties("policy.opensearch")
public record OpenSearchSettings(List<String> uris, @Nullable String username, @Nullable String password, String index,
        int shards, int replicas, Duration timeout) {

    List<URI> nodes() {
        if (uris.isEmpty()) {
            Required.text("OPENSEARCH_URIS", null);
        }
        return uris.stream().map(uri -> Required.uri("OPENSEARCH_URIS", uri)).toList();
    }
}
