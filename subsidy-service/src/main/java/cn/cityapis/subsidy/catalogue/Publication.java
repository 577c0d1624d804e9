package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a scheme into the catalogue, or refuses it with the reasons: its form, its citations, its dates, its expressions,
 * and its own examples are checked.
 */
public final class Publication {

    private Publication() {
    }

    /** @throws PublicationRefused naming every reason that could be found */
    public static CompiledScheme publish(Scheme scheme, WorkingCalendar calendar) {
        refuseIf(scheme, MissingParts.of(scheme));
        List<String> reasons = new ArrayList<>(FormChecks.of(scheme));
        reasons.addAll(CompiledScheme.uncompilable(scheme, calendar));
        refuseIf(scheme, reasons);
        CompiledScheme compiled = new CompiledScheme(scheme, calendar);
        reasons.addAll(ExpressionChecks.of(compiled));
        reasons.addAll(ExampleChecks.of(compiled));
        refuseIf(scheme, reasons);
        return compiled;
    }

    private static void refuseIf(Scheme scheme, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new PublicationRefused(String.valueOf(scheme.id()), reasons);
        }
    }
}
