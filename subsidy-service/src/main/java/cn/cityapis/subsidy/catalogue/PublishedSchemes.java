package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import java.util.List;

/** The schemes that passed publication, each with its document. */
record PublishedSchemes(List<Published> list) {

    PublishedSchemes {
        list = List.copyOf(list);
    }

    /** @param document canonical JSON */
    record Published(CompiledScheme scheme, String document) {
    }
}
