package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.CloudEvent;
import cn.cityapis.platform.events.EventType;
import cn.cityapis.platform.events.EventTypes;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.SealedColumn;
import cn.cityapis.platform.pii.SealedColumns;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/** Every service owns its webhooks: {@code /api/{service}/v1/webhooks}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
@Import({WebhookController.class, DeliveryController.class})
public class WebhookConfiguration {

    @Bean
    Webhooks webhooks(DatabaseClient database, FieldCipher cipher, Ids ids, Clock clock) {
        return new Webhooks(database, cipher, new SecureRandom(), ids, clock);
    }

    @Bean
    SealedColumns sealedSecrets() {
        return SealedColumns.of(SealedColumn.of("webhook", "secret"), SealedColumn.of("webhook", "previous_secret"));
    }

    @Bean
    Deliveries webhookDeliveries(DatabaseClient database, Outbox outbox, Clock clock) {
        return new Deliveries(database, outbox, clock);
    }

    @Bean
    KeepWebhooks keepWebhooks(Webhooks webhooks, Deliveries deliveries, EventTypes types, WebhookSettings settings,
            Outbox outbox, Audit audit, @Value("${spring.application.name}") String service) {
        return new KeepWebhooks(webhooks, deliveries, types, settings, outbox, audit, service);
    }

    @Bean
    OldEvents oldEvents(DatabaseClient database, Clock clock) {
        return new OldEvents(database, clock);
    }

    @Bean
    DeliverEvents deliverEvents(Deliveries deliveries, OldEvents old, Webhooks webhooks, WebhookSettings settings,
            JsonMapper json, TransactionalOperator transaction, MeterRegistry metrics, Clock clock) {
        return new DeliverEvents(deliveries, old, webhooks, new SendWebhook(settings, json, Clock.systemUTC()),
                transaction,
                metrics,
                clock);
    }

    @Bean
    WatchDeliveries watchDeliveries(Deliveries deliveries, MeterRegistry metrics, Clock clock) {
        return new WatchDeliveries(deliveries, metrics, clock);
    }

    /** OpenAPI 3.1 has a place for what a service sends. */
    @Bean
    OpenApiCustomizer sentEvents(EventTypes types) {
        return api -> {
            ModelConverters.getInstance(true).readAll(CloudEvent.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            types.list().forEach(type -> api.addWebhooks(type.name(), sent(type)));
            exampleOfTypes(api, types);
        };
    }

    private static void exampleOfTypes(OpenAPI api, EventTypes types) {
        Schema<?> form = Objects.requireNonNull(api.getComponents().getSchemas().get("WebhookForm"));
        Objects.requireNonNull(form.getProperties().get("eventTypes"))
                .setExample(types.list().stream().limit(1).map(EventType::name).toList());
    }

    private static PathItem sent(EventType type) {
        return new PathItem().post(new Operation().summary(type.description())
                .requestBody(new RequestBody().required(true).content(new Content().addMediaType(
                        "application/cloudevents+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/CloudEvent")))))
                .responses(new ApiResponses().addApiResponse("2XX", new ApiResponse().description("已收到"))));
    }
}
