package cn.cityapis.policy.relation;

import java.time.LocalDate;

import cn.cityapis.policy.text.KeptAlive;
import org.jspecify.annotations.Nullable;

/**
 * A relation as the text of a document states it.
 *
 * @param source    where it is not the document itself: the one that amended, in "published by A, amended by B"
 * @param target    none for a general clause or an attachment that lies elsewhere
 * @param own       whether the target is part of the document itself (the rule that a notice transmits)
 * @param part      only this part of the target
 * @param place     where an attachment lies
 * @param stands    the article it stands in; none for the title
 * @param effective since when
 * @param exception what goes on under the old rule
 * @param longer    of an extension: how long the target holds now; none where it goes on without an end
 */
record FoundRelation(RelationKind kind, @Nullable Cited source, @Nullable Cited target, boolean own,
        @Nullable String part, @Nullable String place, @Nullable Place stands, @Nullable LocalDate effective,
        @Nullable Kept exception, @Nullable Longer longer) {

    /** An article, by key and as printed. */
    record Place(String key, String label) {
    }

    /** What is kept alive, and the article that says so. */
    record Kept(KeptAlive what, Place stands) {
    }

    /** Until a day, or so many months longer than before: one of the two is there. */
    record Longer(@Nullable LocalDate until, @Nullable Integer months) {
    }

    FoundRelation to(Cited known) {
        return new FoundRelation(kind, source, known, own, part, place, stands, effective, exception, longer);
    }
}
