package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.preflight.Preflight;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** All that can be known to go wrong, looked at before the first change. */
record StartChecks(UpgradeSettings settings, Preflight preflight, UpgradeListener listener) {

    /**
     * Looks at scripts, server, databases and the checks of the application.
     *
     * @throws UpgradeRefusedException when one of them stands in the way
     */
    DatabaseServer passed(Connection connection, Plan plan, Scripts scripts) throws SQLException {
        refuseFor(scripts.unreadable());
        DatabaseServer server = DatabaseServer.of(connection);
        refuseFor(server.objection().stream().toList());
        if (server.readOnly()) {
            refuseFor(List.of(FindingCode.SERVER_READ_ONLY.about(ServerErrors.address(connection))));
        }
        List<String> missing = new Schemas(settings.schemas()).missing(connection);
        if (!settings.createSchemas()) {
            refuseFor(missing.stream().map(FindingCode.DATABASE_MISSING::about).toList());
        }
        String first = settings.schemas().get(0);
        if (missing.contains(first)) {
            runChecks(connection, plan);
        } else {
            String before = connection.getCatalog();
            connection.setCatalog(first);
            runChecks(connection, plan);
            if (before != null && !before.isEmpty()) {
                connection.setCatalog(before);
            }
        }
        return server;
    }

    private void runChecks(Connection connection, Plan plan) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        List<Finding> findings = preflight.check(new PreflightContext(jdbc, plan, settings.schemas()));
        refuseFor(findings.stream()
                .filter(finding -> finding.code() == FindingCode.PREFLIGHT_STOP)
                .toList());
        findings.forEach(finding -> listener.on(new UpgradeEvent.Warned(finding)));
    }

    private static void refuseFor(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new UpgradeRefusedException(findings, null);
        }
    }
}
