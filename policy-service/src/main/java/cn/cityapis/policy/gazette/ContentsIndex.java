package cn.cityapis.policy.gazette;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/** Finds what the contents page says of a document, and remembers what was never asked for. */
final class ContentsIndex {

    private final List<ContentsPage.Entry> entries;
    private final Map<String, ContentsPage.Entry> byTitle = new HashMap<>();
    private final Map<DocumentNumber, ContentsPage.Entry> byNumber = new HashMap<>();
    private final Map<String, ContentsPage.Entry> bySubject = new HashMap<>();
    private final Set<ContentsPage.Entry> met = new HashSet<>();

    ContentsIndex(ContentsPage page) {
        entries = page.entries();
        for (ContentsPage.Entry entry : entries) {
            byTitle.putIfAbsent(entry.tightTitle(), entry);
            DocumentNumber number = entry.number();
            if (number != null) {
                byNumber.putIfAbsent(number, entry);
            }
            String subject = Titles.subject(entry.title());
            if (!subject.isEmpty()) {
                bySubject.putIfAbsent(subject, entry);
            }
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the contents page has this very title. */
    boolean lists(String title) {
        return byTitle.containsKey(Titles.tight(title));
    }

    boolean lists(@Nullable DocumentNumber number) {
        return number != null && byNumber.containsKey(number);
    }

    /** By title, else by number, else by what the title is about. */
    Optional<ContentsPage.Entry> find(@Nullable DocumentNumber number, String title) {
        Optional<ContentsPage.Entry> found = Optional.ofNullable(byTitle.get(Titles.tight(title)))
                .or(() -> Optional.ofNullable(number).map(byNumber::get))
                .or(() -> Optional.ofNullable(bySubject.get(Titles.subject(title))));
        found.ifPresent(met::add);
        return found;
    }

    List<ContentsPage.Entry> missing() {
        return entries.stream().filter(entry -> !met.contains(entry)).toList();
    }
}
