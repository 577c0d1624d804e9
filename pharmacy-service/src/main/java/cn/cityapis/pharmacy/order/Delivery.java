package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a supplier brought to one store at one time. */
record Delivery(UUID id, UUID orderId, UUID storeId, String storeName, Instant deliveredAt, State state, long version,
        List<Part> parts, @Nullable UUID settlementId) {

    /** Brought; then accepted or rejected, once. */
    sealed interface State {

        record Delivered() implements State {

            Accepted accept(Instant at) {
                return new Accepted(at);
            }

            Rejected reject(Instant at, String reason) {
                return new Rejected(at, reason);
            }
        }

        record Accepted(Instant at) implements State {
        }

        record Rejected(Instant at, String reason) implements State {
        }

        /** The name in answers and in the database. */
        default String code() {
            return switch (this) {
                case Delivered delivered -> "delivered";
                case Accepted accepted -> "accepted";
                case Rejected rejected -> "rejected";
            };
        }
    }

    /** One batch of a line. @param returned packs that went back, or are asked to */
    record Part(int lineNo, UUID drugId, String genericName, Fen price, int quantity, int returned, String batchNo,
            LocalDate expiresOn) {
    }

    Fen amount() {
        return parts.stream().map(part -> part.price().times(part.quantity())).reduce(new Fen(0), Fen::plus);
    }
}
