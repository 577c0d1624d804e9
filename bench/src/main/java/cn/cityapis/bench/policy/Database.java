package cn.cityapis.bench.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The PostgreSQL of the benchmark: durable, and with memory enough that it is not held back by its settings. */
final class Database implements AutoCloseable {

    private static final String NAME = "policy";

    private final EmbeddedPostgres server;

    Database(Path folder) throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(true)
                .setLocaleConfig("locale", "C").setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on").setServerConfig("shared_buffers", "1GB")
                .setServerConfig("effective_cache_size", "3GB").setServerConfig("work_mem", "64MB")
                .setServerConfig("maintenance_work_mem", "512MB").setServerConfig("max_wal_size", "4GB")
                .setServerConfig("random_page_cost", "1.1").setServerConfig("jit", "off").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + NAME + "'");
            sql.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
        }
    }

    int port() {
        return server.getPort();
    }

    String name() {
        return NAME;
    }

    Connection open() throws SQLException {
        return server.getDatabase(NAME, NAME).getConnection();
    }

    void run(String statement) throws SQLException {
        try (Connection connection = open(); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = open();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
