package cn.cityapis.identity.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Says which database setting is missing before anything tries to connect. */
@ConfigurationProperties("identity.database")
record DatabaseSettings(String name, String user, String password) {

    DatabaseSettings {
        require("DB_NAME", name);
        require("DB_USER", user);
        require("DB_PASSWORD", password);
    }

    private static void require(String variable, String value) {
        if (value.isBlank()) {
            throw new SettingException("Environment variable " + variable + " is not set");
        }
    }
}
