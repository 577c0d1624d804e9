package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.BedType;
import cn.cityapis.eldercare.waitlist.Needs;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bed as its operator wants it. */
record WantedBed(UUID type, String label, Needs.@Nullable Sex sex, boolean emergency) {

    Bed as(UUID id, UUID home, BedType known) {
        return new Bed(id, home, known, label, sex, emergency, Bed.State.FREE, 1);
    }
}
