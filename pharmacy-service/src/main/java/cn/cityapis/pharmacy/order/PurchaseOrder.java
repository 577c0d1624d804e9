package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order of a head office to one supplier, for any number of its stores. */
record PurchaseOrder(UUID id, UUID chainId, String chainName, UUID supplierId, String supplierName, Instant placedAt,
        OrderState state, long version, List<Line> lines) {

    /** What one store gets of one medicine. Quantities are packs. */
    record Line(int lineNo, UUID storeId, String storeName, UUID drugId, String genericName, String strength,
            int packUnits, Fen price, int ordered, int delivered, int accepted,
            @Nullable Closing closing) {

        /** What may still be delivered. */
        int open() {
            return ordered - delivered - closed();
        }

        int closed() {
            return closing == null ? 0 : closing.quantity();
        }
    }

    /** Packs of a line that will not come any more. @param by chain or supplier */
    record Closing(int quantity, String by, String reason) {
    }

    Fen total() {
        return lines.stream().map(line -> line.price().times(line.ordered())).reduce(new Fen(0), Fen::plus);
    }

    /** What state it is in once its lines have changed. */
    OrderState stateAt(Instant now) {
        return state instanceof OrderState.Confirmed confirmed
                && lines.stream().allMatch(line -> line.accepted() + line.closed() == line.ordered())
                        ? confirmed.complete(now)
                        : state;
    }
}
