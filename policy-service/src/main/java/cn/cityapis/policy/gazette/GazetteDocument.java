package cn.cityapis.policy.gazette;

import java.util.List;

import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/**
 * A document of an issue.
 *
 * @param number         on the document itself
 * @param contentsNumber on the contents page, where that differs
 * @param topic          the heading of the contents page it stands under
 */
public record GazetteDocument(String title, @Nullable DocumentNumber number, @Nullable DocumentNumber contentsNumber,
        List<String> organs, @Nullable String addressees, Validity validity, @Nullable String topic, Node tree) {

    public GazetteDocument {
        organs = List.copyOf(organs);
    }
}
