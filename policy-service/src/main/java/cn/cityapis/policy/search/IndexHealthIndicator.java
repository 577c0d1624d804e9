package cn.cityapis.policy.search;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Part of readiness: no request comes in before a search has once shown all that must be there from the start. */
@Component
class IndexHealthIndicator implements ReactiveHealthIndicator {

    private final ArticleSearch search;
    private final ObjectProvider<FollowCorpus> follower;

    IndexHealthIndicator(ArticleSearch search, ObjectProvider<FollowCorpus> follower) {
        this.search = search;
        this.follower = follower;
    }

    @Override
    public Mono<Health> health() {
        FollowCorpus own = follower.getIfAvailable();
        boolean up = own == null ? search.ready() : own.caughtUp();
        Health.Builder health = up ? Health.up() : Health.down();
        return Mono.just((own == null ? health : health.withDetail("setAside", own.setAside())).build());
    }
}
