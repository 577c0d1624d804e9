package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceRules;
import cn.cityapis.platform.problem.Violations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What must hold for a batch of reports; a batch is taken whole or not at all. */
final class ReportRules {

    /** Clocks of shops are not exact. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private ReportRules() {
    }

    static Violations check(List<ShelfReport> reports, Set<UUID> ownStores, Map<UUID, Drug> drugs, Instant now) {
        Violations wrong = new Violations();
        Set<List<UUID>> seen = new HashSet<>();
        for (int i = 0; i < reports.size(); i++) {
            check("/reports/" + i, reports.get(i), ownStores, drugs, now, wrong);
            if (!seen.add(List.of(reports.get(i).storeId(), reports.get(i).drugId()))) {
                wrong.add("/reports/" + i, "duplicate", "同一门店的同一药品在一批中只能上报一次");
            }
        }
        return wrong;
    }

    private static void check(String at, ShelfReport report, Set<UUID> ownStores, Map<UUID, Drug> drugs, Instant now,
            Violations wrong) {
        if (!ownStores.contains(report.storeId())) {
            wrong.add(at + "/storeId", "unknown", "不是本企业的门店");
        }
        Drug drug = drugs.get(report.drugId());
        if (drug == null) {
            wrong.add(at + "/drugId", "unknown", "没有这个药品");
        } else if (drug.procuredPriceFen() != null
                && PriceRules.looksLikeYuan(new Fen(report.retailPriceFen()), drug.procuredPriceFen())) {
            wrong.add(at + "/retailPriceFen", "suspicious-magnitude", "价格远低于中选价，看起来把“元”当成了“分”");
        }
        if (report.reportedAt().toInstant().isAfter(now.plus(AHEAD))) {
            wrong.add(at + "/reportedAt", "in-the-future", "上报时间晚于现在");
        }
    }
}
