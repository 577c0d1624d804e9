package cn.cityapis.platform;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.database.DatabaseConfiguration;
import cn.cityapis.platform.events.EventTypes;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.notices.RecordedNotices;
import cn.cityapis.platform.openapi.FinishedDocument;
import cn.cityapis.platform.openapi.OpenApiConfiguration;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;
import cn.cityapis.platform.pii.SealAnew;
import cn.cityapis.platform.pii.SealedColumns;
import cn.cityapis.platform.pii.SealedFiles;
import cn.cityapis.platform.security.SecurityConfiguration;
import cn.cityapis.platform.start.RunStartTasks;
import cn.cityapis.platform.start.StartTask;
import cn.cityapis.platform.time.TimeConfiguration;
import cn.cityapis.platform.web.WebConfiguration;
import cn.cityapis.platform.webhooks.WebhookConfiguration;
import io.r2dbc.spi.ConnectionFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/** All technical parts that the services share. A service has them by depending on this library. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE)
@EnableScheduling
@Import({TimeConfiguration.class, WebConfiguration.class, SecurityConfiguration.class, OpenApiConfiguration.class,
        DatabaseConfiguration.class, WebhookConfiguration.class, FinishedDocument.class})
@EnableConfigurationProperties(PlatformAutoConfiguration.ApiSettings.class)
public class PlatformAutoConfiguration {

    /** @param events the kinds of events of the service, with their descriptions */
    @ConfigurationProperties("api")
    record ApiSettings(@DefaultValue Map<String, String> events) {
    }

    @Bean
    Ids ids(Clock clock) {
        return new Ids(clock);
    }

    @Bean
    FieldCipher fieldCipher(@Value("${platform.pii.keys:}") String keys,
            @Value("${platform.pii.index-key:}") String index,
            Environment environment) {
        boolean development = environment.acceptsProfiles(Profiles.of("development"));
        return new FieldCipher(PiiKeys.parse(keys, index, development), new SecureRandom());
    }

    @Bean
    SealAnew sealAnew(DatabaseClient database, JobLock lock, FieldCipher cipher, ObjectProvider<SealedColumns> columns,
            ObjectProvider<SealedFiles> files) {
        return new SealAnew(database, lock, cipher,
                columns.orderedStream().flatMap(each -> each.list().stream()).toList(),
                files.orderedStream().toList());
    }

    @Bean
    Audit audit(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        return new Audit(database, json, ids, clock);
    }

    @Bean
    EventTypes eventTypes(ApiSettings settings) {
        return new EventTypes(settings.events());
    }

    @Bean
    Outbox outbox(DatabaseClient database, JsonMapper json, Ids ids, Clock clock, EventTypes types,
            Environment environment, @Value("${spring.application.name}") String service) {
        boolean development = environment.acceptsProfiles(Profiles.of("development"));
        return new Outbox(database, json, ids, clock, types, development, service);
    }

    @Bean
    @ConditionalOnMissingBean(Notices.class)
    Notices notices(DatabaseClient database, Ids ids, Clock clock) {
        return new RecordedNotices(database, ids, clock);
    }

    @Bean
    JobLock jobLock(ConnectionFactory connections) {
        return new JobLock(connections);
    }

    @Bean
    RunStartTasks runStartTasks(ObjectProvider<StartTask> tasks, DatabaseClient database,
            TransactionalOperator transaction) {
        return new RunStartTasks(tasks.orderedStream().toList(), database, transaction);
    }
}
