package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.jdbc.Results;
import org.jspecify.annotations.Nullable;

/** A migration as Flyway sees it: a place on its timeline, and what Flyway is to call. */
final class TimelineMigration implements ResolvedMigration {

    private final Migration migration;
    private final FlywayRun.Execution execution;
    private final @Nullable MigrationVersion version;

    /**
     * A place on the timeline.
     *
     * @param execution what executes the migration
     */
    TimelineMigration(Migration migration, FlywayRun.Execution execution) {
        this.migration = migration;
        this.execution = execution;
        this.version = migration instanceof VersionedMigration ? MigrationVersion.fromVersion(migration.key()) : null;
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return migration instanceof RepeatableMigration repeatable
                ? repeatable.name()
                : ((VersionedMigration) migration).name().description();
    }

    @Override
    public String getScript() {
        return migration.script();
    }

    @Override
    public Integer getChecksum() {
        return migration.changeId().checksum();
    }

    @Override
    public MigrationType getType() {
        return migration.source() instanceof Source.Java ? CoreMigrationType.JDBC : CoreMigrationType.SQL;
    }

    @Override
    public String getPhysicalLocation() {
        return migration.source() instanceof Source.Script script ? script.origin() : migration.script();
    }

    @Override
    public MigrationExecutor getExecutor() {
        return new MigrationExecutor() {

            @Override
            public List<Results> execute(Context context) throws SQLException {
                execution.execute(migration);
                return List.of();
            }

            /** The journal knows the units that are; Flyway must not roll back more than the last of them. */
            @Override
            public boolean canExecuteInTransaction() {
                return false;
            }

            @Override
            public boolean shouldExecute() {
                return true;
            }
        };
    }

    @Override
    public boolean checksumMatches(Integer checksum) {
        return Objects.equals(checksum, getChecksum());
    }

    @Override
    public boolean checksumMatchesWithoutBeingIdentical(Integer checksum) {
        return false;
    }
}
