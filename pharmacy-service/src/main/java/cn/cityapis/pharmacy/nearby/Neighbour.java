package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.institution.Pharmacy;
import cn.cityapis.pharmacy.money.Fen;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place near somebody, with the offer that was looked for. */
record Neighbour(Pharmacy pharmacy, double distanceM, boolean openNow, @Nullable Shelf shelf) {

    /** What the place last reported of the medicine. */
    record Shelf(UUID drugId, Fen retailPrice, Instant reportedAt) {
    }
}
