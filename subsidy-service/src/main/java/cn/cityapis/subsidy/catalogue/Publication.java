package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.expression.ExpressionException;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.List;

/**
 * Lets a scheme into the catalogue, or refuses it with the reasons: its form, its citations, its dates, its expressions,
 * and its own examples are checked.
 */
public final class Publication {

    private Publication() {
    }

    /** @throws PublicationRefused naming every reason that could be found */
    public static CompiledScheme publish(Scheme scheme) {
        refuseIf(scheme, FormChecks.of(scheme));
        CompiledScheme compiled = compile(scheme);
        refuseIf(scheme, ExpressionChecks.of(compiled));
        refuseIf(scheme, ExampleChecks.of(compiled));
        return compiled;
    }

    private static CompiledScheme compile(Scheme scheme) {
        try {
            return new CompiledScheme(scheme);
        } catch (ExpressionException e) {
            throw new PublicationRefused(scheme.id(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void refuseIf(Scheme scheme, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new PublicationRefused(scheme.id(), reasons);
        }
    }
}
