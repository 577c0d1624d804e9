package cn.cityapis.gateway.limit;

import cn.cityapis.gateway.settings.GatewaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** In this process, or in Redis if REDIS_URL is set. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    private static final String WITH_REDIS = "!'${gateway.redis.url}'.equals('none')";

    @Bean
    @ConditionalOnExpression(WITH_REDIS)
    RedisCounters redisCounters(GatewaySettings settings) {
        return new RedisCounters(settings.redis().url(), settings.redis().password(), settings.redis().patience());
    }

    @Bean
    @Primary
    Counters limitCounters(ObjectProvider<RedisCounters> redis,
            GatewaySettings settings, MeterRegistry meters) {
        RedisCounters shared = redis.getIfAvailable();
        return shared == null
                ? new MemoryCounters()
                : new SharedCounters(shared, new MemoryCounters(), settings.redis().gateways(), meters);
    }

    @Bean
    InstantSource limitTime() {
        return InstantSource.system();
    }
}
