package cn.cityapis.gateway.limit;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** Where limits are counted: in this process, or in Redis for several gateways together. */
interface Counters {

    /** Takes one, if there is one. */
    Mono<Taken> take(Limit limit, Instant now);
}
