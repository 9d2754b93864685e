package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.output.BaselineResult;
import org.flywaydb.core.api.output.CleanResult;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.OperationResult;
import org.flywaydb.core.api.output.RepairResult;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * The upgrade for those who know Flyway: it shows and validates the timeline, {@code migrate()} is the upgrade, and what would
 * go round the journal is refused. The migrations are read when it is asked, so that a start does not wait for it.
 */
final class TimelineFlyway extends Flyway {

    private final DatabaseUpgrade upgrade;

    TimelineFlyway(DatabaseUpgrade upgrade, Configuration configuration) {
        super(configuration);
        this.upgrade = upgrade;
    }

    private Flyway timeline() {
        return upgrade.flyway();
    }

    @Override
    public MigrationInfoService info() {
        return timeline().info();
    }

    @Override
    public void validate() {
        timeline().validate();
    }

    @Override
    public ValidateResult validateWithResult() {
        return timeline().validateWithResult();
    }

    @Override
    public MigrateResult migrate() {
        UpgradeReport report = upgrade.upgrade();
        MigrateResult result = new MigrateResult();
        result.setSuccess(true);
        result.setSchemaName(upgrade.schemas().get(0));
        result.setMigrationsExecuted(report.runs().size());
        report.from().map(ReleaseVersion::toString).ifPresent(result::setInitialSchemaVersion);
        report.to().map(ReleaseVersion::toString).ifPresent(result::setTargetSchemaVersion);
        return result;
    }

    @Override
    public CleanResult clean() {
        throw refused("clean", "Drop the databases yourself, where that is meant");
    }

    @Override
    public BaselineResult baseline() {
        throw refused("baseline", "Set cloud.dbupgrade.baseline, or use dbupgrade baseline");
    }

    @Override
    public RepairResult repair() {
        throw refused(
                "repair",
                "A repaired script goes on at the next upgrade; what is undecided is said with dbupgrade resolve");
    }

    @Override
    public OperationResult undo() {
        throw refused("undo", "There is no downgrade: restore the backup taken before the upgrade");
    }

    private static FlywayException refused(String command, String instead) {
        return new FlywayException("Flyway's " + command
                + " would go round the journal of the database upgrade, and is refused. " + instead + ".");
    }
}
