package cn.cityapis.trials.faults;

import cn.cityapis.platform.test.CommitCutter.Cut;
import cn.cityapis.stack.layout.Component;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** Something that goes wrong, and heals. Each returns once it has been healed. */
enum Fault {

    /** Connections to PostgreSQL break around COMMIT, before the server has it or after it has done it. */
    CUT_COMMITS {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            for (int i = 0; i < 8; i++) {
                city.doors().database().cutNext(Cut.values()[chance.nextInt(2)]);
                Thread.sleep(chance.nextInt(50, 250));
            }
        }
    },
    /** Every connection to PostgreSQL breaks at once. */
    BREAK_DATABASE_LINES {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) {
            city.doors().database().breakAll();
        }
    },
    /** An administrator ends every session. */
    TERMINATE_BACKENDS {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws SQLException {
            for (Component owner : Doors.SERVICES) {
                try (Connection database = city.place().database(owner); Statement sql = database.createStatement()) {
                    sql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                            + "AND datname = current_database()");
                }
            }
        }
    },
    /** The line to PostgreSQL stands still for three seconds. */
    STALL_DATABASE {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            city.doors().database().stall();
            Thread.sleep(3_000);
            city.doors().database().goOn();
        }
    },
    /** Every connection between the gateway and the services breaks. */
    BREAK_SERVICE_LINES {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) {
            Doors.SERVICES.forEach(service -> city.doors().balancer(service).breakAll());
        }
    },
    /** One replica of a service is killed and started again. */
    KILL_REPLICA {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            Component service = Doors.SERVICES.get(chance.nextInt(Doors.SERVICES.size()));
            Node victim = city.replicas(service).get(chance.nextInt(2));
            killAndStart(victim, http);
        }
    },
    /** The database server is killed and recovers. */
    CRASH_DATABASE {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) {
            city.crashDatabase();
        }
    },
    /** The database server is stopped in order and started again. */
    RESTART_DATABASE {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) {
            city.startDatabase();
        }
    },
    /** The gateway is killed and started again: callers find nobody for as long. */
    KILL_GATEWAY {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            killAndStart(city.single(Component.GATEWAY), http);
        }
    },
    /** The identity server is killed and started again: tokens that were issued hold. */
    KILL_IDENTITY {
        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            killAndStart(city.single(Component.IDENTITY), http);
        }
    },
    /** Redis is killed, is away for two seconds, and comes back empty. */
    KILL_REDIS {
        @Override
        boolean possible(City city) {
            return city.doors().redis().isPresent();
        }

        @Override
        void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException {
            Redis redis = city.doors().redis().orElseThrow();
            redis.kill();
            Thread.sleep(2_000);
            redis.startAgain();
        }
    };

    /** Whether there is what it strikes. */
    boolean possible(City city) {
        return true;
    }

    private static void killAndStart(Node victim, HttpClient http) throws InterruptedException {
        victim.kill();
        victim.start();
        victim.awaitReady(http);
    }

    abstract void strike(City city, HttpClient http, RandomGenerator chance) throws InterruptedException, SQLException;
}
