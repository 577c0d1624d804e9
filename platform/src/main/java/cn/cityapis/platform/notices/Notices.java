package cn.cityapis.platform.notices;

import reactor.core.publisher.Mono;

/** Port to text message, phone and mini-program subscription message. Notices start legal clocks: each is recorded. */
public interface Notices {

    /** Sends within the caller's transaction; the record says when and with what outcome. */
    Mono<Void> send(Notice notice);
}
