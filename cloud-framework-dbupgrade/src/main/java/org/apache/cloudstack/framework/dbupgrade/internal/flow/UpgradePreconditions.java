package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.PlanInspection;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.Preflight;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.util.function.SingletonSupplier;

/** All that can be known to go wrong, looked at before the first change. */
public record UpgradePreconditions(UpgradeSettings settings, Preflight preflight, UpgradeListener listener) {

    /**
     * Looks at scripts, server, databases and the checks of the application.
     *
     * @throws UpgradeRefusedException when one of them is in the way
     */
    DatabaseServer passed(Connection connection, Plan plan, Scripts scripts) throws SQLException {
        refuseFor(scripts.unreadable());
        DatabaseServer server = DatabaseServer.of(connection);
        refuseFor(server.objection().stream().toList());
        if (server.readOnly() || connection.isReadOnly()) {
            refuseFor(List.of(FindingCode.SERVER_READ_ONLY.about(ServerErrors.address(connection))));
        }
        List<String> missing = new Schemas(settings.schemas()).missing(connection);
        if (!settings.createSchemas()) {
            refuseFor(missing.stream().map(FindingCode.DATABASE_MISSING::about).toList());
        }
        plan.from().ifPresent(release -> refuseFor(lost(settings.schemas(), missing, release)));
        warnOfOtherDatabase(connection.getCatalog());
        runChecks(connection, plan, missing);
        return server;
    }

    /** Servers differ in whether names of databases have a case. */
    private void warnOfOtherDatabase(@Nullable String selected) {
        if (selected != null
                && !selected.isEmpty()
                && settings.schemas().stream().noneMatch(selected::equalsIgnoreCase)) {
            listener.on(new UpgradeEvent.Warned(
                    FindingCode.URL_DATABASE_NOT_UPGRADED.about(selected, String.join(", ", settings.schemas()))));
        }
    }

    /** A new name is more often mistyped, or its database gone, than it is that of a new database. */
    static List<Finding> lost(List<String> schemas, List<String> missing, ReleaseVersion release) {
        List<String> present = new ArrayList<>(schemas);
        present.removeAll(missing);
        return missing.stream()
                .map(schema -> FindingCode.DATABASE_LOST.about(
                        schema, String.join(", ", present), release, Identifier.quote(schema)))
                .toList();
    }

    /** What every check says of a plan; refuses nothing. */
    public List<CheckOutcome> outcomes(Connection connection, Plan plan, Leases leases) throws SQLException {
        List<CheckResult> upgrader = leases.holder(connection).stream()
                .map(holder -> CheckResult.warn(
                        "Just now " + holder + " upgrades", "Wait for it; an upgrade that is started now waits too"))
                .toList();
        List<String> missing = new Schemas(settings.schemas()).missing(connection);
        List<CheckOutcome> outcomes =
                new ArrayList<>(onFirstSchema(connection, missing, () -> checked(connection, plan)));
        outcomes.add(new CheckOutcome("other upgraders", upgrader));
        return outcomes;
    }

    private void runChecks(Connection connection, Plan plan, List<String> missing) throws SQLException {
        List<Finding> findings =
                Preflight.findings(onFirstSchema(connection, missing, () -> checked(connection, plan)));
        refuseFor(findings.stream()
                .filter(finding -> finding.code() == FindingCode.PREFLIGHT_STOP)
                .toList());
        findings.forEach(finding -> listener.on(new UpgradeEvent.Warned(finding)));
    }

    private List<CheckOutcome> checked(Connection connection, Plan plan) {
        // several checks ask for it, and each making would read every pending script
        Supplier<PlanInspection> inspection = SingletonSupplier.of(() -> inspection(connection, plan));
        return preflight.outcomes(connection, plan, settings.schemas(), inspection);
    }

    private PlanInspection inspection(Connection connection, Plan plan) {
        try {
            return PlanInspection.of(connection, plan, settings.schemas());
        } catch (SQLException e) {
            throw new UncategorizedSQLException("inspection", null, e);
        }
    }

    private <T> T onFirstSchema(Connection connection, List<String> missing, Supplier<T> work) throws SQLException {
        String first = settings.schemas().get(0);
        if (missing.contains(first)) {
            return work.get();
        }
        String before = connection.getCatalog();
        connection.setCatalog(first);
        T result = work.get();
        if (before != null && !before.isEmpty()) {
            connection.setCatalog(before);
        }
        return result;
    }

    private static void refuseFor(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new UpgradeRefusedException(findings, null);
        }
    }
}
