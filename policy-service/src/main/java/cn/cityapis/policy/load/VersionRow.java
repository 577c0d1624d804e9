package cn.cityapis.policy.load;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.text.DocumentNumber;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is written, as JSON: many in one statement.
 *
 * @param tree as JSON itself
 */
record VersionRow(UUID id, UUID work, @Nullable String number, @Nullable String key, @Nullable String contents,
        String title, List<String> organs, @Nullable String addressees, @Nullable LocalDate issued,
        @Nullable LocalDate inForce, @Nullable LocalDate until, boolean trial, @Nullable String topic,
        @Nullable UUID issue,
        @JsonRawValue String tree, String hash) {

    static VersionRow of(UUID id, UUID work, IncomingDocument incoming, @Nullable UUID issue, String tree,
            String hash) {
        GazetteDocument document = incoming.document();
        DocumentNumber number = incoming.number();
        DocumentNumber contents = document.contentsNumber();
        return new VersionRow(id, work, number == null ? null : number.toString(), number == null ? null : number.key(),
                contents == null ? null : contents.toString(), document.title(), document.organs(),
                document.addressees(), document.validity().issued(), document.validity().inForce(),
                document.validity().until(), document.validity().trial(), document.topic(), issue, tree,
                hash);
    }
}
