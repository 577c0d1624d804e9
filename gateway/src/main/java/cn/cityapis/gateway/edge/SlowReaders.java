package cn.cityapis.gateway.edge;

import cn.cityapis.gateway.settings.GatewaySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Each connection to the door has its reader watched. */
@Component
class SlowReaders implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private final GatewaySettings.Pace pace;
    private final Counter tooSlow;

    SlowReaders(GatewaySettings settings, MeterRegistry meters) {
        this.pace = settings.pace();
        this.tooSlow = meters.counter("gateway.slow.readers");
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .addFirst("reader", new Reader(pace, tooSlow))));
    }
}
