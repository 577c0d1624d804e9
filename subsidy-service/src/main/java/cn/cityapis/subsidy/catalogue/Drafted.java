package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.SchemeReader;

/**
 * A version that passed all checks but is not published.
 *
 * @param document canonical JSON
 */
record Drafted(CompiledScheme scheme, String document) {

    /**
     * @param text YAML or JSON
     * @throws PublicationRefused naming every reason that could be found
     */
    static Drafted of(String text, WorkingCalendar calendar) {
        SchemeReader reader = new SchemeReader();
        try {
            return new Drafted(Publication.publish(reader.read(text), calendar), reader.canonical(text));
        } catch (IllegalArgumentException e) {
            throw new PublicationRefused("", java.util.List.of("无法读取：" + e.getMessage()));
        }
    }
}
