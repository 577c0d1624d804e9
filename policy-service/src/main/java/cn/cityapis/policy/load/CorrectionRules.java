package cn.cityapis.policy.load;

import java.util.List;
import java.util.Optional;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.load.HeldVersions.Held;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.SourceKind;

/** Whether a document that is loaded is a new version of what is held. */
final class CorrectionRules {

    enum Verdict {
        NEW, SAME, REFUSED
    }

    /** @param warning what the operator is to know of it */
    record Judged(Verdict verdict, Optional<Warning> warning) {
    }

    private CorrectionRules() {
    }

    /**
     * A text that was held before changes nothing, whichever file brings it again: an old issue loaded once more must not put
     * a corrected text back. A text without a date does not take the place of a dated one: mostly it is a piece of another.
     *
     * What the office has set does not give way to a reading.
     *
     * @param known the current version first
     */
    static Judged judge(GazetteDocument document, SourceKind kind, String hash, Known known) {
        List<Held> held = known.held();
        if (held.stream().anyMatch(one -> one.withdrawn() && one.hash().equals(hash))) {
            return new Judged(Verdict.SAME,
                    Optional.of(warning("withdrawn-version", document, "与已撤回的版本相同，未予收录；如要恢复，请撤销该项核定。")));
        }
        List<Held> alike = held.stream().filter(one -> !one.withdrawn() && one.kind() == kind).toList();
        Optional<Held> same = alike.stream().filter(one -> one.hash().equals(hash)).findFirst();
        if (same.isPresent()) {
            Held latest = alike.getFirst();
            return new Judged(Verdict.SAME, same.filter(one -> one.version() != latest.version())
                    .map(one -> warning("older-version", document, "与已收录的第" + one.version() + "版相同，其后已有第"
                            + latest.version() + "版，未作改动。")));
        }
        if (known.readAnew() && alike.stream().findFirst().filter(Held::decided).isPresent()) {
            return new Judged(Verdict.SAME, Optional.of(warning("dates-decided", document,
                    "文字未变，但日期已经核定，未重新读取；如要重新读取，请先撤销该项核定。")));
        }
        boolean undated = kind == SourceKind.OFFICIAL && document.validity().issued() == null
                && alike.stream().findFirst().filter(Held::dated).isPresent();
        return undated
                ? new Judged(Verdict.REFUSED, Optional.of(warning("undated-correction", document,
                        "未见成文日期，而已收录的版本有；未存为新的版本，以免以残缺的内容取代，请核对原文。")))
                : new Judged(Verdict.NEW, Optional.empty());
    }

    /**
     * What is held of a work, as a document is to be judged by it.
     *
     * @param readAnew the current version has the same text, which is read otherwise now
     */
    record Known(List<Held> held, boolean readAnew) {
    }

    /**
     * The versions that must be asked for their text before a document is judged: the hash is of what was read from a text, and
     * another release reads the same text otherwise, as does an issue whose contents page has more to say of it.
     */
    static List<Held> askedForText(SourceKind kind, String hash, List<Held> held) {
        List<Held> alike = held.stream().filter(one -> one.withdrawn() || one.kind() == kind).toList();
        return alike.stream().anyMatch(one -> one.hash().equals(hash)) ? List.of() : alike;
    }

    /**
     * What was held before of a text counts as this reading of it. The text of the current version does not: it is read anew.
     *
     * @param sayTheSame of those that were asked
     */
    static Known known(SourceKind kind, String hash, List<Held> held, List<Held> sayTheSame) {
        boolean current = held.stream().filter(one -> !one.withdrawn() && one.kind() == kind).findFirst()
                .filter(sayTheSame::contains).isPresent();
        return new Known(current
                ? held
                : held.stream().map(one -> sayTheSame.contains(one) ? one.read(hash) : one).toList(), current);
    }

    /** What the contents page of its issue said of a document holds for its correction, which comes without one. */
    static GazetteDocument published(GazetteDocument alone, Held before) {
        DocumentNumber listed = alone.contentsNumber() != null || before.contentsNumber() == null
                ? alone.contentsNumber()
                : DocumentNumber.parse(before.contentsNumber()).orElse(null);
        return new GazetteDocument(alone.title(), alone.number(), listed, alone.organs(), alone.addressees(),
                alone.validity(), alone.topic() == null ? before.topic() : alone.topic(), alone.tree());
    }

    private static Warning warning(String code, GazetteDocument document, String detail) {
        DocumentNumber number = document.number();
        return new Warning(code, 0, (number == null ? "《" + document.title() + "》" : number.toString()) + detail);
    }
}
