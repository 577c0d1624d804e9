package cn.cityapis.stack.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One process of the platform, in the order in which they start; they stop in the opposite order. */
public enum Component {
    IDENTITY("identity", "identity"), //
    POLICY("policy", "policy-service"), //
    ELDERCARE("eldercare", "eldercare-service"), //
    SUBSIDY("subsidy", "subsidy-service"), //
    PHARMACY("pharmacy", "pharmacy-service"), //
    GATEWAY("gateway", "gateway");

    private final String shortName;
    private final String module;

    Component(String shortName, String module) {
        this.shortName = shortName;
        this.module = module;
    }

    /** Name of the process, its log file, its database and its role. */
    public String shortName() {
        return shortName;
    }

    /** Maven module, and first part of the name of its jar. */
    public String module() {
        return module;
    }

    public boolean ownsDatabase() {
        return this != GATEWAY;
    }

    /** Extensions that only a superuser may create, so that the service's own migrations find them there. */
    public List<String> extensions() {
        return this == PHARMACY ? List.of("cube", "earthdistance") : List.of();
    }

    /** Environment variable by which others learn its address, such as POLICY_URL. */
    public String urlVariable() {
        return shortName.toUpperCase(Locale.ROOT) + "_URL";
    }

    public static Component of(String shortName) {
        return Arrays.stream(values()).filter(c -> c.shortName.equals(shortName)).findFirst()
                .orElseThrow(() -> new StackException("no process is called " + shortName));
    }

    public static List<Component> withDatabase() {
        return Arrays.stream(values()).filter(Component::ownsDatabase).toList();
    }
}
