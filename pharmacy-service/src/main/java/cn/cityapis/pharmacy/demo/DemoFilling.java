package cn.cityapis.pharmacy.demo;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Part of the made-up city. As a repeatable migration it is filled in once, in one transaction, and by one of several replicas that
 * start together; parts follow each other by their names.
 */
abstract class DemoFilling implements JavaMigration {

    private static final int GENERATION = 1;

    private final String name;

    /** @param name behind those of the parts that it builds on */
    DemoFilling(String name) {
        this.name = name;
    }

    @Override
    public final @Nullable MigrationVersion getVersion() {
        return null;
    }

    @Override
    public final String getDescription() {
        return name;
    }

    @Override
    public final Integer getChecksum() {
        return GENERATION;
    }

    @Override
    public final boolean canExecuteInTransaction() {
        return true;
    }
}
