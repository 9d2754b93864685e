package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.NodeRegistration;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.NodeTable;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Account;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server that passed its upgrade comes to be counted.
 *
 * @param connections to the databases
 * @param schema the one with the records
 * @param settings how often it sends a heartbeat
 * @param self its name
 */
public record NodeRegistrar(Connections connections, String schema, RollingSettings settings, String self) {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistrar.class);

    public NodeMembership always(ReleaseVersion release, Consumer<Finding> outdated) {
        return connections.with(connection -> {
            NodeTable table = table();
            if (!table.exists(connection)) {
                table.create(connection);
            }
            return join(connection, table, release, outdated);
        });
    }

    public Optional<NodeMembership> ifCounted(ReleaseVersion release, Consumer<Finding> outdated) {
        return connections.with(connection -> {
            NodeTable table = table();
            return table.exists(connection)
                    ? Optional.of(joinAsFarAsAllowed(connection, table, release, outdated))
                    : Optional.empty();
        });
    }

    private NodeTable table() {
        return new NodeTable(schema, settings.nodeTimeout());
    }

    /** Anyone who only validates may have an account that only reads. */
    private NodeRegistration joinAsFarAsAllowed(
            Connection connection, NodeTable table, ReleaseVersion release, Consumer<Finding> outdated)
            throws SQLException {
        try {
            return join(connection, table, release, outdated);
        } catch (SQLException e) {
            if (!ServerErrors.isDenied(e)) {
                throw e;
            }
            LOG.warn(
                    "This node runs without being counted, since its database user may only read: an upgrade elsewhere"
                            + " may take away what it needs. To have it counted: {};",
                    table.grant(Account.of(connection)));
            return checked(
                    connection,
                    NodeRegistration.uncounted(
                            connections.dataSource(), table, mark(), member(release), told(release, outdated)),
                    release);
        }
    }

    private NodeRegistration join(
            Connection connection, NodeTable table, ReleaseVersion release, Consumer<Finding> outdated)
            throws SQLException {
        return checked(
                connection,
                NodeRegistration.join(
                        connection, connections.dataSource(), table, mark(), member(release), told(release, outdated)),
                release);
    }

    /** Something may have been taken away while nobody knew of this server. */
    private static NodeRegistration checked(Connection connection, NodeRegistration membership, ReleaseVersion release)
            throws SQLException {
        Optional<ReleaseVersion> newer = membership.leftBehindBy(connection);
        if (newer.isPresent()) {
            membership.close();
            throw new UpgradeRefusedException(List.of(leftBehind(newer.get(), release)), null);
        }
        return membership;
    }

    private ContractWatermark mark() {
        return new ContractWatermark(schema);
    }

    private NodeRegistration.Member member(ReleaseVersion release) {
        return new NodeRegistration.Member(self, release, settings.heartbeat());
    }

    private static Consumer<ReleaseVersion> told(ReleaseVersion release, Consumer<Finding> outdated) {
        return newer -> outdated.accept(leftBehind(newer, release));
    }

    private static Finding leftBehind(ReleaseVersion newer, ReleaseVersion release) {
        return FindingCode.DATABASE_NEWER.about(
                newer.toString(), release, "steps of release " + newer + " may have taken away what older code needs");
    }
}
