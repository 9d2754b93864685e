package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.jdbc.Results;
import org.jspecify.annotations.Nullable;

/** A routine as Flyway sees it: a place on its timeline. Flyway does not execute it. */
record ResolvedRoutine(Routine routine) implements ResolvedMigration {

    @Override
    public @Nullable MigrationVersion getVersion() {
        return routine instanceof Migration ? MigrationVersion.fromVersion(routine.key()) : null;
    }

    @Override
    public String getDescription() {
        return routine instanceof Repeatable repeatable
                ? repeatable.name()
                : ((Migration) routine).name().description();
    }

    @Override
    public String getScript() {
        return routine.script();
    }

    @Override
    public Integer getChecksum() {
        return routine.changeId().checksum();
    }

    @Override
    public MigrationType getType() {
        return routine.source() instanceof Source.Java ? CoreMigrationType.JDBC : CoreMigrationType.SQL;
    }

    @Override
    public String getPhysicalLocation() {
        return routine.source() instanceof Source.Script script ? script.origin() : routine.script();
    }

    @Override
    public MigrationExecutor getExecutor() {
        return new MigrationExecutor() {

            @Override
            public List<Results> execute(Context context) {
                throw new FlywayException(
                        routine.script() + " is pending. It is run by DatabaseUpgrade.upgrade() alone,"
                                + " which knows the order, the lease and how to go on after an interruption");
            }

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
