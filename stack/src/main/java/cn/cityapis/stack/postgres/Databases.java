package cn.cityapis.stack.postgres;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.layout.StackException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database and one role for each component; no role can open another's database. */
public final class Databases {

    static final String SUPERUSER = "postgres";

    private final int port;
    private final Secrets secrets;

    public Databases(int port, Secrets secrets) {
        this.port = port;
        this.secrets = secrets;
    }

    /** Creates what is missing; what is there stays as it is. */
    public void create() {
        try (Connection connection = open(SUPERUSER); Statement sql = connection.createStatement()) {
            sql.execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
            for (Component component : Component.withDatabase()) {
                create(component, sql);
            }
        } catch (SQLException e) {
            throw new StackException("cannot prepare the databases: " + e.getMessage(), e);
        }
    }

    private void create(Component component, Statement sql) throws SQLException {
        String name = component.shortName();
        if (!exists("SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'", sql)) {
            sql.execute("CREATE ROLE " + name + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '"
                    + secrets.databasePassword(component) + "'");
        }
        if (!exists("SELECT 1 FROM pg_database WHERE datname = '" + name + "'", sql)) {
            sql.execute("CREATE DATABASE " + name + " OWNER " + name);
        }
        sql.execute("REVOKE CONNECT, TEMPORARY ON DATABASE " + name + " FROM PUBLIC");
        addExtensions(component);
    }

    private void addExtensions(Component component) throws SQLException {
        if (component.extensions().isEmpty()) {
            return;
        }
        try (Connection connection = open(component.shortName()); Statement sql = connection.createStatement()) {
            for (String extension : component.extensions()) {
                sql.execute("CREATE EXTENSION IF NOT EXISTS " + extension);
            }
        }
    }

    private Connection open(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, SUPERUSER,
                secrets.superuserPassword());
    }

    private static boolean exists(String query, Statement sql) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next();
        }
    }
}
