package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.jspecify.annotations.Nullable;

/** A routine as Flyway sees it: a place on its timeline, and an executor of ours. */
record ResolvedRoutine(Routine routine, MigrationExecutor executor) implements ResolvedMigration {

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
        return executor;
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
