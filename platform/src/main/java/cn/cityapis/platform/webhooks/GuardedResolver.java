package cn.cityapis.platform.webhooks;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.scheduler.Schedulers;

/**
 * Looks a subscriber's host up for the very connection that is made, and fails if any of its addresses is not allowed:
 * what was checked is what is connected to, so a name that answers differently the second time gains nothing.
 */
final class GuardedResolver extends AddressResolverGroup<InetSocketAddress> {

    private final Predicate<InetAddress> allowed;

    GuardedResolver(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    /** The host has an address that deliveries may not go to. */
    static final class ForbiddenAddress extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        ForbiddenAddress(String host) {
            super(host);
        }
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor).asAddressResolver();
    }

    private final class Names extends InetNameResolver {

        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    promise.setSuccess(addresses(host).getFirst());
                } catch (UnknownHostException e) {
                    promise.setFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    promise.setSuccess(addresses(host));
                } catch (UnknownHostException e) {
                    promise.setFailure(e);
                }
            });
        }

        private List<InetAddress> addresses(String host) throws UnknownHostException {
            List<InetAddress> found = List.of(InetAddress.getAllByName(host));
            if (!found.stream().allMatch(allowed)) {
                throw new ForbiddenAddress(host);
            }
            return found;
        }
    }
}
