package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceRules;
import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.BadLines;
import cn.cityapis.platform.problem.Violations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What must hold for reports: a batch is taken whole or not at all, a file line by line. */
final class ReportRules {

    /** Clocks of shops are not exact. */
    private static final Duration AHEAD = Duration.ofMinutes(5);
    /** Of two reports of one moment the same one wins whichever comes first. */
    private static final Comparator<ShelfReport> NEWEST = Comparator
            .comparing((ShelfReport report) -> report.reportedAt().toInstant())
            .thenComparing(ShelfReport::quantity).thenComparing(ShelfReport::retailPriceFen);
    /** The order of PostgreSQL, in which all writers lock. */
    private static final Comparator<UUID> UNSIGNED = Comparator
            .comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private ReportRules() {
    }

    /** Which stores and medicines there are for the reporter, and the time. */
    record Known(Set<UUID> ownStores, Map<UUID, Drug> drugs, Instant now) {
    }

    /** What is wrong with a field of a report. */
    private record Fault(String field, String code, String detail) {
    }

    static Violations check(List<ShelfReport> reports, Known known, boolean pricesConfirmed) {
        Violations wrong = new Violations();
        Set<ShelfReport.Shelf> seen = new HashSet<>();
        for (int i = 0; i < reports.size(); i++) {
            String at = "/reports/" + i;
            faults(reports.get(i), known, pricesConfirmed)
                    .forEach(f -> wrong.add(at + "/" + f.field(), f.code(), f.detail()));
            if (!seen.add(reports.get(i).shelf())) {
                wrong.add("/reports/" + i, "duplicate", "同一门店的同一药品在一批中只能上报一次");
            }
        }
        return wrong;
    }

    private static List<Fault> faults(ShelfReport report, Known known, boolean pricesConfirmed) {
        List<Fault> faults = new ArrayList<>();
        if (!known.ownStores().contains(report.storeId())) {
            faults.add(new Fault("storeId", "unknown", "不是本企业营业中的门店"));
        }
        Drug drug = known.drugs().get(report.drugId());
        if (drug == null) {
            faults.add(new Fault("drugId", "unknown", "没有这个药品"));
        } else if (drug.procuredPriceFen() != null && !pricesConfirmed) {
            Fen price = new Fen(report.retailPriceFen());
            if (PriceRules.looksLikeYuan(price, drug.procuredPriceFen())) {
                faults.add(new Fault("retailPriceFen", "suspicious-magnitude", "价格远低于中选价，看起来把“元”当成了“分”"));
            } else if (PriceRules.looksHundredfold(price, drug.procuredPriceFen())) {
                faults.add(new Fault("retailPriceFen", "suspicious-magnitude", "价格达到中选价的 50 倍，看起来多乘了 100"));
            }
        }
        if (report.reportedAt().toInstant().isAfter(known.now().plus(AHEAD))) {
            faults.add(new Fault("reportedAt", "in-the-future", "上报时间晚于现在"));
        }
        return faults;
    }

    /** What of a file may be stored: of each shelf the newest report, in the order in which rows are locked. */
    record Sorted(List<ShelfReport> good, BadLine.Told bad, int outdated) {
    }

    /** @param pricesConfirmed the sender was asked about suspicious prices and stands by them */
    static Sorted sort(List<StockFile.Line> lines, Known known, boolean pricesConfirmed) {
        Map<ShelfReport.Shelf, ShelfReport> newest = new HashMap<>(lines.size() * 2);
        BadLines bad = new BadLines();
        int good = 0;
        for (StockFile.Line line : lines) {
            List<Fault> faults = faults(line.report(), known, pricesConfirmed);
            faults.forEach(f -> bad.add(new BadLine(line.line(), f.field(), f.code(), f.detail())));
            if (faults.isEmpty()) {
                good++;
                newest.merge(line.report().shelf(), line.report(),
                        (a, b) -> NEWEST.compare(a, b) >= 0 ? a : b);
            }
        }
        List<ShelfReport> sorted = newest.values().stream().sorted(Comparator
                .comparing(ShelfReport::storeId, UNSIGNED).thenComparing(ShelfReport::drugId, UNSIGNED)).toList();
        return new Sorted(sorted, bad.told(), good - sorted.size());
    }
}
