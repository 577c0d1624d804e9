package cn.cityapis.gateway.route;

import cn.cityapis.gateway.settings.GatewaySettings;
import java.util.Locale;

/** The services behind the gateway. */
public enum Service {
    POLICY("政策文件"), ELDERCARE("公办养老"), SUBSIDY("补贴待遇"), PHARMACY("集采药品");

    private final String title;

    Service(String title) {
        this.title = title;
    }

    /** As it stands in addresses. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Chinese. */
    public String title() {
        return title;
    }

    public String url(GatewaySettings.Upstreams upstreams) {
        return switch (this) {
            case POLICY -> upstreams.policy();
            case ELDERCARE -> upstreams.eldercare();
            case SUBSIDY -> upstreams.subsidy();
            case PHARMACY -> upstreams.pharmacy();
        };
    }
}
