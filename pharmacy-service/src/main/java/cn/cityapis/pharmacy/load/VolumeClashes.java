package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.KnownVolumes.Agreed;
import cn.cityapis.pharmacy.load.KnownVolumes.Cycle;
import cn.cityapis.pharmacy.load.KnownVolumes.Key;
import cn.cityapis.pharmacy.load.KnownVolumes.Substance;
import cn.cityapis.pharmacy.table.BadLine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * No pack fulfils two agreed volumes: lines of one buyer that run on the same day are of different medicines, and where
 * one of them takes any winner's there is no other of the same substance. Which of two would be fulfilled first is said
 * nowhere, so neither is taken. Where nothing is agreed (0 packs) nothing is fulfilled twice.
 */
final class VolumeClashes {

    private final Map<UUID, Substance> substances;
    private final Map<Key, Kept> known = new HashMap<>();
    private final Map<Key, Kept> said = new HashMap<>();
    private final Map<Integer, Key> keys = new HashMap<>();

    VolumeClashes(KnownVolumes volumes) {
        this.substances = volumes.substances();
        Map<UUID, Entry<String, Cycle>> cycles = volumes.cycles().entrySet().stream()
                .collect(Collectors.toMap(cycle -> cycle.getValue().id(), Function.identity()));
        volumes.agreed().forEach((key, agreed) -> {
            Entry<String, Cycle> cycle = Objects.requireNonNull(cycles.get(key.cycle()));
            known.put(key, new Kept(key, agreed, cycle.getValue(), cycle.getKey()));
        });
    }

    private record Kept(Key key, Agreed agreed, Cycle cycle, String cycleName) {

        boolean clashes(Kept other) {
            return key.drug().equals(other.key.drug()) || agreed.anyWinner() || other.agreed.anyWinner();
        }
    }

    private record Group(UUID buyer, Substance substance) {
    }

    /** A line of the file that would change something. */
    void said(int line, Key key, Agreed agreed, Cycle cycle, String cycleName) {
        keys.put(line, key);
        said.put(key, new Kept(key, agreed, cycle, cycleName));
    }

    /** Each line that clashes is bad; what it would have changed stays as it was, which may clash with another. */
    List<Judged> refused(List<Judged> lines) {
        Map<Key, Kept> refused = new HashMap<>();
        Map<Key, Kept> clashing = clashing();
        while (!clashing.isEmpty()) {
            refused.putAll(clashing);
            said.keySet().removeAll(clashing.keySet());
            clashing = clashing();
        }
        return lines.stream().map(line -> {
            Kept other = refused.get(keys.get(line.line()));
            return other == null ? line : bad(line.line(), other);
        }).toList();
    }

    private static Judged bad(int line, Kept other) {
        return new Judged(line, Verdict.BAD, Map.of(), List.of(new BadLine(line, "cycle", "overlaps",
                "同一采购账户在“" + other.cycleName() + "”（" + other.cycle().from() + " 至 " + other.cycle().to()
                        + "）中已有同一药品的约定量，" + (other.agreed().anyWinner() ? "计入任一中选品牌，" : "") + "同一批货会计入两次")));
    }

    /** Lines of the file that clash, each with one that it clashes with. */
    private Map<Key, Kept> clashing() {
        Map<Key, Kept> all = new HashMap<>(known);
        all.putAll(said);
        Map<Key, Kept> clashing = new HashMap<>();
        all.values().stream().filter(line -> line.agreed().packs() > 0)
                .collect(Collectors.groupingBy(line -> new Group(line.key().buyer(),
                        Objects.requireNonNull(substances.get(line.key().drug())))))
                .values().forEach(group -> collect(group, clashing));
        return clashing;
    }

    private void collect(List<Kept> group, Map<Key, Kept> clashing) {
        List<Kept> byDay = group.stream().sorted(Comparator.comparing(line -> line.cycle().from())).toList();
        for (int i = 0; i < byDay.size(); i++) {
            Kept one = byDay.get(i);
            for (int j = i + 1; j < byDay.size() && !byDay.get(j).cycle().from().isAfter(one.cycle().to()); j++) {
                Kept other = byDay.get(j);
                if (one.clashes(other)) {
                    mark(one, other, clashing);
                    mark(other, one, clashing);
                }
            }
        }
    }

    private void mark(Kept line, Kept other, Map<Key, Kept> clashing) {
        if (said.containsKey(line.key())) {
            clashing.putIfAbsent(line.key(), other);
        }
    }
}
