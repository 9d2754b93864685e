package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Lease;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Settlement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;

/**
 * Writes down what an operator says of a statement that was interrupted, while nobody upgrades.
 *
 * @param settings how the upgrade is done
 * @param connections to the databases
 * @param leases who upgrades
 */
public record InterruptedStatementResolver(UpgradeSettings settings, Connections connections, Leases leases) {

    /**
     * Settles a script.
     *
     * @throws IllegalArgumentException when nothing of it is to be settled
     */
    public void settle(Migrations migrations, String script, Resolution resolution) {
        Migration migration = migrations.versioned().stream()
                .filter(each -> each.script().equals(script))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no migration " + script));
        boolean settled = migration.source() instanceof Source.Script
                && connections.with(connection -> settle(connection, migration, migration.statements(), resolution));
        if (!settled) {
            throw new IllegalArgumentException("Nothing of " + script + " was interrupted");
        }
    }

    private boolean settle(
            Connection connection, Migration migration, List<SqlStatement> statements, Resolution resolution)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        // an upgrade that was cut off may still have it, where nothing reports that its connection is gone
        Duration timeout = settings.waits().leaseDuration().multipliedBy(2);
        Lease lease = leases.acquire(connection, timeout, holder -> {})
                .orElseThrow(() -> new UpgradeRefusedException(
                        List.of(FindingCode.UPGRADE_RUNNING.about(schema(), Durations.text(timeout))), null));
        try {
            new Journal(schema()).create(connection);
            return new Settlement(new Journal(schema())).settle(connection, lease, migration, statements, resolution);
        } finally {
            leases.release(connection, lease);
            connection.setAutoCommit(autoCommit);
        }
    }

    private String schema() {
        return settings.schemas().get(0);
    }
}
