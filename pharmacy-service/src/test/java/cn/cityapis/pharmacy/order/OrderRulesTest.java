package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.order.OrderRules.Parcel;
import cn.cityapis.pharmacy.order.OrderRules.Wish;
import cn.cityapis.platform.problem.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderRulesTest {

    private static final UUID STORE = new UUID(1, 1);
    private static final UUID DRUG = new UUID(2, 2);
    private static final UUID FOREIGN = new UUID(9, 9);

    private static Map<String, String> codes(Violations wrong) {
        return wrong.list().stream().collect(Collectors.toMap(v -> v.pointer(), v -> v.code()));
    }

    @Nested
    class Ordering {

        private final Map<UUID, Drugs.Awarded> awarded = Map.of(DRUG, new Drugs.Awarded(DRUG, DRUG, new Fen(735)));

        @Test
        void ownStoresGetMedicinesInAward() {
            assertThat(codes(OrderRules.checkOrder(List.of(new Wish(STORE, DRUG, 1)), Set.of(STORE), awarded)))
                    .isEmpty();
        }

        @Test
        void everythingWrongIsNamedAtOnce() {
            var wishes = List.of(new Wish(FOREIGN, DRUG, 1), new Wish(STORE, FOREIGN, 1), new Wish(STORE, DRUG, 1),
                    new Wish(STORE, DRUG, 2));
            assertThat(codes(OrderRules.checkOrder(wishes, Set.of(STORE), awarded))).isEqualTo(Map.of(
                    "/lines/0/storeId", "unknown", "/lines/1/drugId", "not-awarded", "/lines/3", "duplicate"));
        }
    }

    @Nested
    class Delivering {

        private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
        private static final LocalDate LATER = LocalDate.of(2028, 6, 30);

        private final PurchaseOrder order = new PurchaseOrder(DRUG, DRUG, "c", DRUG, "s", Instant.EPOCH,
                new OrderState.Confirmed(Instant.EPOCH), 1, List.of(
                        new PurchaseOrder.Line(1, STORE, "n", DRUG, "g", "50mg", 30, new Fen(735), 20, 15, 10, null)));

        @Test
        void whatIsOpenMayBeDelivered() {
            assertThat(codes(check(new Parcel(1, 5, "B1", LATER)))).isEmpty();
        }

        @Test
        void moreThanIsOpenMayNot() {
            assertThat(codes(check(new Parcel(1, 6, "B1", LATER)))).containsEntry("/lines/0/quantity", "above-order");
        }

        @Test
        void partsOfALineAreSummed() {
            assertThat(codes(check(new Parcel(1, 3, "B1", LATER), new Parcel(1, 3, "B2", LATER))))
                    .isEqualTo(Map.of("/lines/1/quantity", "above-order"));
        }

        @Test
        void unknownLinesRepeatedBatchesAndExpiredGoodsAreNamed() {
            assertThat(codes(check(new Parcel(2, 1, "B1", LATER), new Parcel(1, 1, "B1", TODAY),
                    new Parcel(1, 1, "B1", LATER)))).isEqualTo(Map.of("/lines/0/lineNo", "unknown",
                            "/lines/1/expiresOn", "expired", "/lines/2/batchNo", "duplicate"));
        }

        @Test
        void aStoreThatIsNotInTheOrderGetsNothing() {
            assertThat(codes(
                    OrderRules.checkDelivery(order, FOREIGN, false, List.of(new Parcel(1, 1, "B1", LATER)), TODAY)))
                    .isEqualTo(Map.of("/storeId", "unknown"));
        }

        private Violations check(Parcel... parcels) {
            return OrderRules.checkDelivery(order, STORE, false, List.of(parcels), TODAY);
        }
    }
}
