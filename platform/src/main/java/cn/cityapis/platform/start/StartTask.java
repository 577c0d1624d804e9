package cn.cityapis.platform.start;

import reactor.core.publisher.Mono;

/**
 * What must be there before a service says that it is ready. It runs at every start, in one transaction; of replicas that
 * start together one works and the others wait, so a task asks first whether its work is done. An error stops the start.
 * Tasks run in the order of their {@code @Order}.
 */
public interface StartTask {

    Mono<Void> run();
}
