package cn.cityapis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The PostgreSQL of the benchmark: durable, and with memory enough that it is not held back by its settings. */
public final class Database implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final String name;

    /** @param name of the database, of its role and its password */
    public Database(Path folder, String name) throws IOException, SQLException {
        this(folder, name, false);
    }

    /** @param kept whether the folder is left there at the end, and what it holds already is gone on with */
    public Database(Path folder, String name, boolean kept) throws IOException, SQLException {
        this.name = name;
        boolean there = kept && Files.exists(folder.resolve("PG_VERSION"));
        server = EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(!kept)
                .setLocaleConfig("locale", "C").setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on").setServerConfig("shared_buffers", "1GB")
                .setServerConfig("effective_cache_size", "3GB").setServerConfig("work_mem", "64MB")
                .setServerConfig("maintenance_work_mem", "512MB").setServerConfig("max_wal_size", "4GB")
                .setServerConfig("random_page_cost", "1.1").setServerConfig("jit", "off").start();
        if (!there) {
            administer("CREATE ROLE " + name + " LOGIN PASSWORD '" + name + "'");
            administer("CREATE DATABASE " + name + " OWNER " + name);
        }
    }

    /** Writes out what a checkpoint in the middle of a measurement would. */
    public void checkpoint() throws SQLException {
        administer("CHECKPOINT");
    }

    private void administer(String statement) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    public int port() {
        return server.getPort();
    }

    public String name() {
        return name;
    }

    public Connection open() throws SQLException {
        return server.getDatabase(name, name).getConnection();
    }

    public void run(String statement) throws SQLException {
        try (Connection connection = open(); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    public long number(String query) throws SQLException {
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
