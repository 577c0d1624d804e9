package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.KnownVolumes.Agreed;
import cn.cityapis.pharmacy.load.KnownVolumes.Cycle;
import cn.cityapis.pharmacy.load.KnownVolumes.Key;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads lines about agreed volumes. A cycle that nobody knows yet begins with the first line that names it. */
final class VolumeLines {

    private static final Set<String> MATCHES = Set.of("brand", "any_winner");
    private static final int MOST_PACKS = 10_000_000;
    private static final UUID NOBODY = new UUID(0, 0);

    private final KnownVolumes known;
    private final Supplier<UUID> ids;
    private final Map<String, Cycle> cycles;

    VolumeLines(KnownVolumes known, Supplier<UUID> ids) {
        this.known = known;
        this.ids = ids;
        this.cycles = new HashMap<>(known.cycles());
    }

    /** What a line says, and the columns of its row; of use only if nothing was found wrong with it. */
    record Line(Key key, Agreed agreed, Cycle cycle, String cycleName, Map<String, Object> row) {
    }

    Line read(Fields f, UUID drug) {
        String name = f.text("cycle", 60);
        LocalDate from = f.date("validFrom");
        LocalDate to = f.date("validTo");
        UUID buyer = buyer(f);
        String matchedBy = f.text("matchedBy", 20);
        if (!matchedBy.isEmpty() && !MATCHES.contains(matchedBy)) {
            f.wrong("matchedBy", "invalid-value", "只能是 brand（本品牌）、any_winner（任一中选品牌）之一");
        }
        Agreed agreed = new Agreed(matchedBy, (int) f.number("packs", 0, MOST_PACKS));
        Cycle cycle = cycle(f, name, from, to);
        return new Line(new Key(cycle.id(), buyer, drug), agreed, cycle, name, row(name, cycle, buyer, drug, agreed));
    }

    private UUID buyer(Fields f) {
        String account = f.text("buyer", 60);
        UUID buyer = known.buyers().get(account);
        if (buyer == null && !account.isEmpty()) {
            f.wrong("buyer", "unknown", "没有这个采购账户");
        }
        return buyer == null ? NOBODY : buyer;
    }

    private Cycle cycle(Fields f, String name, LocalDate from, LocalDate to) {
        Cycle there = cycles.get(name);
        if (there != null) {
            boolean dated = f.good("validFrom") && f.good("validTo");
            if (dated && !(there.from().equals(from) && there.to().equals(to))) {
                f.wrong("cycle", "differs", "这个采购周期是 " + there.from() + " 至 " + there.to() + "，与本行不同");
            }
            return there;
        }
        if (f.good("validFrom") && f.good("validTo") && to.isBefore(from)) {
            f.wrong("validTo", "out-of-range", "周期截止日早于起始日");
        }
        Cycle begun = new Cycle(ids.get(), from, to);
        if (f.good()) {
            cycles.put(name, begun);
        }
        return begun;
    }

    private static Map<String, Object> row(String name, Cycle cycle, UUID buyer, UUID drug, Agreed agreed) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("cycle_id", cycle.id());
        row.put("cycle_name", name);
        row.put("valid_from", cycle.from().toString());
        row.put("valid_to", cycle.to().toString());
        row.put("chain_id", buyer);
        row.put("drug_id", drug);
        row.put("matched_by", agreed.matchedBy());
        row.put("packs", agreed.packs());
        return row;
    }
}
