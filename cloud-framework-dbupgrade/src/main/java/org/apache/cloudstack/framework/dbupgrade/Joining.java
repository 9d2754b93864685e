package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.cluster.ContractMark;
import org.apache.cloudstack.framework.dbupgrade.cluster.Membership;
import org.apache.cloudstack.framework.dbupgrade.cluster.ServerTable;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * How a server that passed its upgrade comes to be counted.
 *
 * @param connections to the databases
 * @param schema the one with the records
 * @param settings how often it gives a sign of life
 * @param self its name
 */
record Joining(Connections connections, String schema, RollingSettings settings, String self) {

    Membership always(ReleaseVersion release, Consumer<Finding> outdated) {
        return connections.with(connection -> {
            ServerTable table = table();
            if (!table.exists(connection)) {
                table.create(connection);
            }
            return join(connection, table, release, outdated);
        });
    }

    Optional<Membership> ifCounted(ReleaseVersion release, Consumer<Finding> outdated) {
        return connections.with(connection -> {
            ServerTable table = table();
            return table.exists(connection)
                    ? Optional.of(join(connection, table, release, outdated))
                    : Optional.empty();
        });
    }

    private ServerTable table() {
        return new ServerTable(schema, settings.goneAfter());
    }

    /** Something may have been taken away while nobody knew of this server. */
    private Membership join(
            Connection connection, ServerTable table, ReleaseVersion release, Consumer<Finding> outdated)
            throws SQLException {
        Membership membership = Membership.join(
                connection,
                connections.dataSource(),
                table,
                new ContractMark(schema),
                new Membership.Member(self, release, settings.heartbeat()),
                newer -> outdated.accept(leftBehind(newer, release)));
        Optional<ReleaseVersion> newer = membership.leftBehindBy(connection);
        if (newer.isPresent()) {
            membership.close();
            throw new UpgradeRefusedException(List.of(leftBehind(newer.get(), release)), null);
        }
        return membership;
    }

    private static Finding leftBehind(ReleaseVersion newer, ReleaseVersion release) {
        return FindingCode.DATABASE_NEWER.about(
                newer.toString(), release, "steps of release " + newer + " may have taken away what older code needs");
    }
}
