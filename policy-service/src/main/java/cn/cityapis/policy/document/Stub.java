package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.policy.text.Repeal;
import cn.cityapis.policy.text.Standing;
import cn.cityapis.policy.text.Status;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/** A document that others name but whose text is not held: its number, its title, or both. */
public record Stub(UUID id, @Nullable String number, @Nullable String title, @Nullable Repeal repeal) {

    /** The title, or the number where nobody gives a title. */
    public String name() {
        return title != null ? title : String.valueOf(number);
    }

    /** Its own dates are not known. */
    public Standing standing() {
        return new Standing(new Validity(null, null, null, false), repeal, null);
    }

    /** The status on a day in words that can be shown to a citizen. */
    public String wording(LocalDate day) {
        return standing().on(day) == Status.UNKNOWN && repeal == null
                ? "正文未收录，效力不详"
                : standing().wording(day).replace("施行日期不详", "正文未收录，施行日期不详");
    }
}
