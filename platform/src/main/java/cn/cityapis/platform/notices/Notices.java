package cn.cityapis.platform.notices;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Port to text message, phone and mini-program subscription message. Notices start legal clocks: each is recorded. */
public interface Notices {

    /** Sends within the caller's transaction; the record says when and with what outcome. */
    Mono<Void> send(Notice notice);

    /** As {@link #send(Notice)}, one after the other; an adapter that can take many at once says so. */
    default Mono<Void> send(List<Notice> notices) {
        return Flux.fromIterable(notices).concatMap(this::send).then();
    }
}
