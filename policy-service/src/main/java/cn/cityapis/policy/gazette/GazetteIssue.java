package cn.cityapis.policy.gazette;

import java.util.List;

import cn.cityapis.policy.text.Node;
import org.jspecify.annotations.Nullable;

/**
 * A whole issue.
 *
 * @param front cover and contents page: what belongs to no document
 */
public record GazetteIssue(@Nullable Integer year, @Nullable Integer number, @Nullable Integer runningNumber,
        List<Node> front, List<GazetteDocument> documents, List<Warning> warnings) {

    public GazetteIssue {
        front = List.copyOf(front);
        documents = List.copyOf(documents);
        warnings = List.copyOf(warnings);
    }
}
