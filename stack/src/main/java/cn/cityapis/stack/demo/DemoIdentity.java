package cn.cityapis.stack.demo;

import cn.cityapis.stack.layout.StackException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who can be played on a development stack; identity knows these clients in its development profile only. */
public enum DemoIdentity {
    APP("demo-app"), //
    CITIZEN("demo-app"), //
    HOME_OPERATOR("demo-home"), //
    ASSESSOR("demo-assessor"), //
    DISTRICT("demo-district"), //
    DISTRICT_FINANCE("demo-district-finance"), //
    DISTRICT_TALENT("demo-district-talent"), //
    CITY("demo-city"), //
    CITY_TALENT("demo-city-talent"), //
    CHAIN("demo-chain"), //
    SUPPLIER("demo-supplier"), //
    MAKER("demo-maker"), //
    CLINIC("demo-clinic"), //
    INSURER("demo-insurer"), //
    PARTNER("demo-partner"), //
    ADMIN("demo-admin");

    private final String clientId;

    DemoIdentity(String clientId) {
        this.clientId = clientId;
    }

    /** As it is written on the command line, such as {@code home-operator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String clientId() {
        return clientId;
    }

    String secret() {
        return clientId + "-secret";
    }

    public static DemoIdentity of(String word) {
        return Arrays.stream(values()).filter(identity -> identity.word().equals(word)).findFirst()
                .orElseThrow(() -> new StackException("nobody is called " + word + "; there are: "
                        + Arrays.stream(values()).map(DemoIdentity::word).collect(Collectors.joining(" "))));
    }
}
