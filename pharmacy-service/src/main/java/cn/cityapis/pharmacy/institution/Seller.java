package cn.cityapis.pharmacy.institution;

import java.util.UUID;

/** Who answers for what a place has and asks: the head office for its stores, every other place for itself. */
public sealed interface Seller permits Party.Chain, Seller.Place {

    /** A clinic or hospital with an account of its own. */
    record Place(UUID id) implements Seller {
    }
}
