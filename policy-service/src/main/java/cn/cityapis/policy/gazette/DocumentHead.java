package cn.cityapis.policy.gazette;

import java.util.List;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * Where a document begins: its organs, title and number.
 *
 * @param start  index of the first line of the head
 * @param number index of the number's line; of the last line of the title where there is no number
 * @param last   index of the last line of the head
 */
record DocumentHead(int start, int number, int last, List<String> organs, String subject,
        @Nullable DocumentNumber documentNumber) {

    DocumentHead {
        organs = List.copyOf(organs);
    }

    /** The title as the document itself gives it. */
    String title() {
        return String.join("、", organs) + subject;
    }

    /** What a warning calls the document. */
    String name() {
        return documentNumber == null ? "《" + title() + "》" : documentNumber.toString();
    }
}
