package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What may go back of a delivery: what was in it and has not gone back yet. */
final class ReturnRules {

    private ReturnRules() {
    }

    static Violations check(List<Delivery.Part> delivered, List<GoodsReturn.Part> wished) {
        Violations wrong = new Violations();
        Set<List<Object>> seen = new HashSet<>();
        for (int i = 0; i < wished.size(); i++) {
            GoodsReturn.Part wish = wished.get(i);
            var part = delivered.stream().filter(sameBatch(wish)).findFirst();
            if (part.isEmpty()) {
                wrong.add("/lines/" + i + "/batchNo", "unknown", "送货单中没有这一行的这个批号");
            } else if (wish.quantity() > part.get().quantity() - part.get().returned()) {
                wrong.add("/lines/" + i + "/quantity", "above-delivery",
                        "超过可退数量 " + (part.get().quantity() - part.get().returned()));
            }
            if (!seen.add(List.of(wish.lineNo(), wish.batchNo()))) {
                wrong.add("/lines/" + i, "duplicate", "同一行的同一批号只能列一次");
            }
        }
        return wrong;
    }

    /** At the prices at which it was delivered. */
    static Fen amount(List<Delivery.Part> delivered, List<GoodsReturn.Part> returned) {
        return returned.stream().map(r -> delivered.stream().filter(sameBatch(r)).findFirst().orElseThrow().price()
                .times(r.quantity())).reduce(new Fen(0), Fen::plus);
    }

    private static Predicate<Delivery.Part> sameBatch(GoodsReturn.Part part) {
        return d -> d.lineNo() == part.lineNo() && d.batchNo().equals(part.batchNo());
    }
}
