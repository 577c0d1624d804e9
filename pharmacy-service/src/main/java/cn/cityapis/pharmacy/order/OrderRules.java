package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.order.PurchaseOrder.Line;
import cn.cityapis.platform.problem.Violations;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What may be ordered and what may be delivered. */
final class OrderRules {

    private OrderRules() {
    }

    /** A line as a buyer asks for it. */
    record Wish(UUID storeId, UUID drugId, int quantity) {
    }

    /** A part of a line as a supplier delivers it. */
    record Parcel(int lineNo, int quantity, String batchNo, LocalDate expiresOn) {
    }

    /** Only own places that may buy, only medicines that are in award today, each once per store. */
    static Violations checkOrder(List<Wish> wishes, Set<UUID> ownStores, Map<UUID, Drugs.Awarded> awarded) {
        Violations wrong = new Violations();
        Set<List<UUID>> seen = new HashSet<>();
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            if (!ownStores.contains(wish.storeId())) {
                wrong.add("/lines/" + i + "/storeId", "unknown", "不是本单位今天可以采购的门店或机构");
            }
            if (!awarded.containsKey(wish.drugId())) {
                wrong.add("/lines/" + i + "/drugId", "not-awarded", "该药品今日没有执行中的中选结果");
            }
            if (!seen.add(List.of(wish.storeId(), wish.drugId()))) {
                wrong.add("/lines/" + i, "duplicate", "同一门店的同一药品只能列一次");
            }
        }
        return wrong;
    }

    /**
     * The lines that are named, or all, if none is.
     *
     * @return those of them of which something is still to come
     */
    static List<Integer> toClose(PurchaseOrder order, List<Integer> named, Violations wrong) {
        for (int i = 0; i < named.size(); i++) {
            int lineNo = named.get(i);
            if (order.lines().stream().noneMatch(line -> line.lineNo() == lineNo)) {
                wrong.add("/lineNos/" + i, "unknown", "订单中没有这一行");
            }
        }
        return order.lines().stream().filter(line -> line.open() > 0).map(Line::lineNo)
                .filter(lineNo -> named.isEmpty() || named.contains(lineNo)).toList();
    }

    /** Batches that nobody may accept any more. */
    static List<String> expired(List<Delivery.Part> parts, LocalDate today) {
        return parts.stream().filter(part -> !part.expiresOn().isAfter(today)).map(Delivery.Part::batchNo).distinct()
                .toList();
    }

    /** Only lines of that store, unless it has closed, never more than is still open, and nothing that has expired. */
    static Violations checkDelivery(PurchaseOrder order, UUID storeId, boolean closed, List<Parcel> parcels,
            LocalDate today) {
        Map<Integer, Line> lines = order.lines().stream().filter(line -> line.storeId().equals(storeId))
                .collect(Collectors.toMap(Line::lineNo, Function.identity()));
        Map<Integer, Long> sums = new HashMap<>();
        Set<List<Object>> batches = new HashSet<>();
        Violations wrong = new Violations();
        if (lines.isEmpty()) {
            return wrong.add("/storeId", "unknown", "订单中没有这个门店");
        }
        if (closed) {
            wrong.add("/storeId", "closed", "这家门店或机构已停业，不能再送货；可了结未送的数量");
        }
        for (int i = 0; i < parcels.size(); i++) {
            Parcel parcel = parcels.get(i);
            Line line = lines.get(parcel.lineNo());
            if (line == null) {
                wrong.add("/lines/" + i + "/lineNo", "unknown", "订单中该门店没有这一行");
            } else if (sums.merge(parcel.lineNo(), (long) parcel.quantity(), Long::sum) > line.open()) {
                wrong.add("/lines/" + i + "/quantity", "above-order", "超过未送数量 " + line.open());
            }
            if (!batches.add(List.of(parcel.lineNo(), parcel.batchNo()))) {
                wrong.add("/lines/" + i + "/batchNo", "duplicate", "同一行的同一批号只能列一次");
            }
            if (!parcel.expiresOn().isAfter(today)) {
                wrong.add("/lines/" + i + "/expiresOn", "expired", "已过有效期");
            }
        }
        return wrong;
    }
}
