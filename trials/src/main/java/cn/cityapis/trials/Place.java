package cn.cityapis.trials;

import cn.cityapis.stack.Environment;
import cn.cityapis.stack.layout.Component;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A running platform, seen from outside and from behind.
 *
 * @param project folder of the project
 * @param environment what its processes were told
 */
public record Place(Path project, Environment environment) {

    /** The gateway. */
    public String url() {
        return environment.outsideUrl();
    }

    /** Where a process tells its health and metrics. */
    public URI inside(Component component, String path) {
        return URI.create("http://127.0.0.1:" + environment.healthPort(component) + path);
    }

    /** The database of a service, as the superuser. */
    public Connection database(Component owner) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + environment.postgresPort() + "/" + owner.shortName(), "postgres",
                environment.secrets().superuserPassword());
    }

    public Path logs() {
        return environment.data().root().resolve("logs");
    }
}
