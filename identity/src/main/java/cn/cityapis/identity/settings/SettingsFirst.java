package cn.cityapis.identity.settings;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Flyway is the first to use the database and everything else waits for it: so settings are checked before it. */
@Configuration(proxyBeanMethods = false)
class SettingsFirst {

    @Bean
    FlywayConfigurationCustomizer checkedSettings(DatabaseSettings database, IdentitySettings identity) {
        return flyway -> {
            // wanted for its parameters only
        };
    }
}
