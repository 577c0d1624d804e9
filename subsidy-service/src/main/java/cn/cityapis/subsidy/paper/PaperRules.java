package cn.cityapis.subsidy.paper;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.scheme.Process;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which papers a scheme takes, and which of them it cannot do without. */
public final class PaperRules {

    private PaperRules() {
    }

    public static boolean takes(Process process, String kind) {
        return process.paperKinds().stream().anyMatch(each -> each.kind().equals(kind));
    }

    /** Everything that must be handed in and is not. */
    public static List<Violation> missing(Process process, List<Paper> handedIn) {
        Set<String> kinds = handedIn.stream().map(Paper::kind).collect(Collectors.toSet());
        return process.paperKinds().stream().filter(each -> each.required() && !kinds.contains(each.kind()))
                .map(each -> new Violation("/materials/" + each.kind(), "missing", "请上传" + each.material()))
                .toList();
    }
}
