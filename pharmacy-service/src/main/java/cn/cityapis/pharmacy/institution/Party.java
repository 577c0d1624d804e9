package cn.cityapis.pharmacy.institution;

import java.util.UUID;

/** Whose side of a purchase a caller is on, and so what he may see of it. */
public sealed interface Party {

    /** A head office that buys, or an institution that buys for itself. */
    record Chain(UUID id) implements Party, Seller {
    }

    /** A company that delivers. */
    record Supplier(UUID id) implements Party {
    }

    /** The medical-insurance office: sees all. */
    record Office() implements Party {
    }
}
