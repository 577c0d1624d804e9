package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a supplier brought to one store at one time. */
record Delivery(UUID id, UUID orderId, UUID storeId, String storeName, Instant deliveredAt, State state, long version,
        List<Part> parts, @Nullable UUID settlementId) {

    /** Brought; then accepted, rejected or taken back by the supplier, once. */
    sealed interface State {

        record Delivered() implements State {

            Accepted accept(Instant at) {
                return new Accepted(at);
            }

            Rejected reject(Instant at, String reason) {
                return new Rejected(at, reason);
            }

            Withdrawn withdraw(Instant at, String reason) {
                return new Withdrawn(at, reason);
            }
        }

        record Accepted(Instant at) implements State {
        }

        record Rejected(Instant at, String reason) implements State {
        }

        record Withdrawn(Instant at, String reason) implements State {
        }

        /** The name in answers and in the database. */
        default String code() {
            return switch (this) {
                case Delivered delivered -> "delivered";
                case Accepted accepted -> "accepted";
                case Rejected rejected -> "rejected";
                case Withdrawn withdrawn -> "withdrawn";
            };
        }
    }

    /** One batch of a line. @param returned packs that went back, or are asked to */
    record Part(int lineNo, UUID drugId, String genericName, Fen price, int quantity, int returned, String batchNo,
            LocalDate expiresOn) {
    }

    /** @throws ProblemException 409 if it is decided */
    State.Delivered undecided() {
        return switch (state) {
            case State.Delivered delivered -> delivered;
            case State.Accepted accepted -> throw decided("验收");
            case State.Rejected rejected -> throw decided("拒收");
            case State.Withdrawn withdrawn -> throw decided("由供货企业撤回");
        };
    }

    private static ProblemException decided(String how) {
        return ProblemException.of(PharmacyProblem.DELIVERY_STATE, "这张送货单已经" + how);
    }

    Fen amount() {
        return parts.stream().map(part -> part.price().times(part.quantity())).reduce(new Fen(0), Fen::plus);
    }
}
