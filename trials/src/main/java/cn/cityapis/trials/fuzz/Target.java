package cn.cityapis.trials.fuzz;

import cn.cityapis.platform.test.ApiOperation;
import java.util.Set;

/**
 * An operation that is asked.
 *
 * @param codes of refusals that are documented for it
 */
record Target(String service, ApiOperation operation, Set<String> codes) {

    String name() {
        return operation.name();
    }
}
