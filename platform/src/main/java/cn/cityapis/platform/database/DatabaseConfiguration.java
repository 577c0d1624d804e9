package cn.cityapis.platform.database;

import cn.cityapis.platform.settings.Required;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;
import reactor.netty.resources.LoopResources;

/** What the pool of connections needs beyond the properties in platform.yml. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    /** Colocation would put the whole pool on the event loop that happened to open it (r2dbc-pool#190). */
    @Bean(destroyMethod = "dispose")
    LoopResources databaseLoops() {
        return LoopResources.create("r2dbc", LoopResources.DEFAULT_IO_SELECT_COUNT,
                LoopResources.DEFAULT_IO_WORKER_COUNT,
                true, false);
    }

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connectionOptions(LoopResources databaseLoops,
            @Value("${spring.application.name}") String application, @Value("${DB_NAME:}") String name,
            @Value("${DB_USER:}") String user, @Value("${DB_PASSWORD:}") String password) {
        Required.text("DB_NAME", name);
        Required.text("DB_USER", user);
        Required.text("DB_PASSWORD", password);
        return options -> options
                .option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, databaseLoops)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, application)
                .option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, 256)
                .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, Duration.ofSeconds(10))
                .option(PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT, Duration.ofSeconds(5))
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true);
    }

    @Bean
    FlywayMigrationStrategy migration() {
        return new PatientMigration();
    }

    @Bean
    ReactiveTransactionManager transactions(ConnectionFactory connections) {
        return new UninterruptedBegin(new R2dbcTransactionManager(connections));
    }
}
