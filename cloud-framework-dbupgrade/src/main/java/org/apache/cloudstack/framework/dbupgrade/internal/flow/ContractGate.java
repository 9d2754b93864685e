package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Lets steps that take something away pass when no older node lives, and keeps older nodes from starting from then on;
 * see {@link ContractWatermark}.
 *
 * @param mark how far older nodes were left behind
 * @param servers who uses the databases
 * @param writer proves that this server upgrades
 */
public record ContractGate(ContractWatermark mark, Nodes servers, JournalWriter writer) {

    /** An older node came up since the plan was made, so that another plan is to be made. */
    static final class OlderNodeException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Passes for a whole plan, before its first step.
     *
     * @param connection the one that upgrades, whose auto-commit is off
     * @throws OlderNodeException when an older node lives; the mark is as before then
     */
    void pass(Connection connection, Plan plan) throws SQLException {
        ReleaseVersion first = plan.from().orElse(plan.target());
        mark.create(connection, first);
        Optional<ReleaseVersion> wanted = wanted(plan);
        ReleaseVersion before = mark.read(connection).orElse(first);
        boolean raises = wanted.filter(release -> release.isAfter(before)).isPresent();
        if (raises) {
            set(connection, wanted.orElseThrow());
        }
        // servers without this library do not look at the mark, however high it is
        if (!plan.isFreshInstall() && someoneIsOlder(connection, plan)) {
            if (raises) {
                set(connection, before);
            }
            throw new OlderNodeException();
        }
    }

    /** On a fresh install nothing was kept for older nodes; with nobody looked at, anything may have been taken. */
    private Optional<ReleaseVersion> wanted(Plan plan) {
        boolean everything = plan.isFreshInstall() || servers.settings().mode() == RollingMode.OFF;
        return everything ? Optional.of(plan.target()) : plan.contractUpTo();
    }

    private boolean someoneIsOlder(Connection connection, Plan plan) throws SQLException {
        return servers.seen(connection).servers().stream().anyMatch(server -> plan.runs().stream()
                .filter(step -> step.action() == Action.RUN && step.mayBeContract())
                .anyMatch(step -> server.isOlderThan(step.releaseIn(plan.target()))));
    }

    private void set(Connection connection, ReleaseVersion release) throws SQLException {
        mark.set(connection, release);
        writer.commit();
    }
}
