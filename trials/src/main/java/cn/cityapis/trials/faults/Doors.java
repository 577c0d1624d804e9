package cn.cityapis.trials.faults;

import cn.cityapis.platform.test.CommitCutter;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.process.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in the lines of a stack, so that they can be broken: before each service a balancer, before PostgreSQL a
 * proxy. Opened before the stack is started, for its processes are told these addresses.
 */
public final class Doors implements Closeable {

    /** The services that are doubled. */
    static final List<Component> SERVICES = List.of(Component.POLICY, Component.ELDERCARE, Component.SUBSIDY,
            Component.PHARMACY);

    /** Nobody listens there. */
    private static final int NOWHERE = 1;

    private final Map<Component, Balancer> balancers = new EnumMap<>(Component.class);
    private final CommitCutter database = CommitCutter.before(this::postgres);
    private final Optional<Redis> redis = Redis.start();
    private final DataFolder data;

    /** @param data of the stack that will be started */
    public Doors(DataFolder data) {
        this.data = data;
        SERVICES.forEach(service -> balancers.put(service, Balancer.before(() -> port(service.shortName()))));
    }

    /** For {@code StartOptions.withSettings}. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        balancers.forEach((service, balancer) -> settings.put(service.urlVariable(),
                "http://127.0.0.1:" + balancer.port()));
        redis.ifPresent(there -> settings.putAll(there.settings()));
        settings.put("DB_PORT", Integer.toString(database.port()));
        return settings;
    }

    private int postgres() {
        return port("postgres");
    }

    /** As the running stack has written it down; a stack that starts anew has other ports. */
    private int port(String process) {
        return Ledger.read(data.running()).map(ledger -> ledger.processes().get(process)).map(Ledger.Entry::port)
                .orElse(NOWHERE);
    }

    Balancer balancer(Component service) {
        return Objects.requireNonNull(balancers.get(service));
    }

    CommitCutter database() {
        return database;
    }

    /** Empty where no redis-server is installed: the gateway counts by itself then, and Redis is not struck. */
    Optional<Redis> redis() {
        return redis;
    }

    @Override
    public void close() throws IOException {
        redis.ifPresent(Redis::close);
        database.close();
        for (Balancer balancer : balancers.values()) {
            balancer.close();
        }
    }
}
