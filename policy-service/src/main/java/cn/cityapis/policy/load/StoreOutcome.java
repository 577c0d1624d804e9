package cn.cityapis.policy.load;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.gazette.Warning;

/** What became of some documents. */
record StoreOutcome(int stored, int unchanged, int rejected, List<Warning> warnings) {

    static final StoreOutcome NOTHING = new StoreOutcome(0, 0, 0, List.of());

    StoreOutcome {
        warnings = List.copyOf(warnings);
    }

    static StoreOutcome of(CorrectionRules.Judged judged) {
        List<Warning> warnings = judged.warning().stream().toList();
        return switch (judged.verdict()) {
            case NEW -> new StoreOutcome(1, 0, 0, warnings);
            case SAME -> new StoreOutcome(0, 1, 0, warnings);
            case REFUSED -> new StoreOutcome(0, 0, 1, warnings);
        };
    }

    StoreOutcome plus(StoreOutcome other) {
        List<Warning> all = new ArrayList<>(warnings);
        all.addAll(other.warnings);
        return new StoreOutcome(stored + other.stored, unchanged + other.unchanged, rejected + other.rejected, all);
    }
}
