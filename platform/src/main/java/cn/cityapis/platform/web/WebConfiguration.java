package cn.cityapis.platform.web;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.SealedColumns;
import cn.cityapis.platform.problem.ProblemRenderer;
import cn.cityapis.platform.security.CallerArgumentResolver;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import reactor.core.publisher.Mono;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** How requests are read and answers written, the same in every service. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.addModule(new SimpleModule().setDeserializerModifier(new TextOnly()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                // the line before the last leaves this one way open: numbers and true as text
                .withCoercionConfig(LogicalType.Textual, text -> text
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    WebFluxConfigurer platformWeb(JsonMapper json) {
        BodyValidator validator = new BodyValidator();
        JsonMapper requests = json.rebuild()
                .addModule(new SimpleModule().setDeserializerModifier(new FourDigitYears())).build();
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonDecoder(new StrictJsonDecoder(requests, validator));
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addFormatterForFieldType(LocalDate.class, new QueryDate());
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgumentResolver(), new RequestArgumentResolver(),
                        new TextParameters());
            }
        };
    }

    @Bean
    Farewell farewell(@Value("${app.farewell}") Duration length) {
        return new Farewell(length);
    }

    @Bean
    AcceptFilter acceptFilter() {
        return new AcceptFilter();
    }

    @Bean
    ProblemRenderer problemRenderer(JsonMapper json) {
        return new ProblemRenderer(json);
    }

    @Bean
    Idempotency idempotency(DatabaseClient database, TransactionalOperator transaction, FieldCipher cipher,
            JsonMapper json, Clock clock) {
        return new Idempotency(database, transaction, cipher, json, clock);
    }

    @Bean
    SealedColumns sealedAnswers() {
        return SealedColumns.of(Idempotency.BODY);
    }

    @Bean
    ForgetOldKeys forgetOldKeys(DatabaseClient database, Clock clock) {
        return new ForgetOldKeys(database, clock);
    }

    /** Keys are of no use once they have expired. */
    static final class ForgetOldKeys {

        private final DatabaseClient database;
        private final Clock clock;

        ForgetOldKeys(DatabaseClient database, Clock clock) {
            this.database = database;
            this.clock = clock;
        }

        @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT10M")
        Mono<Void> forget() {
            // called once, subscribed to each time
            return Mono.defer(() -> database.sql("DELETE FROM idempotency_key WHERE expires_at <= :now")
                    .bind("now", OffsetDateTime.now(clock))
                    .then());
        }
    }
}
