package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.InvalidViews;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.StaleRoutines;
import org.apache.cloudstack.framework.dbupgrade.verify.IgnoredObjects;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views, routines and triggers that cannot be used after an upgrade.
 *
 * @param schemas the databases
 * @param dropped what the upgrade dropped, with the script that did
 * @param ignored what belongs to others, so that it need not be in order
 */
record BrokenObjects(List<String> schemas, Map<String, String> dropped, IgnoredObjects ignored) {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenObjects.class);

    /** What the server reports; what it does not answer keeps nothing of the upgrade from having succeeded. */
    List<Finding> find(Connection connection) throws SQLException {
        try {
            List<Finding> findings = new ArrayList<>();
            InvalidViews.read(connection, schemas).forEach((view, reason) -> {
                if (ignoring(view).isEmpty()) {
                    findings.add(FindingCode.VIEW_INVALID.about(view, reason));
                }
            });
            if (!dropped.isEmpty()) {
                StaleRoutines.stale(connection, schemas, dropped)
                        .forEach(stale -> findings.add(FindingCode.ROUTINE_USES_DROPPED.about(
                                stale.name(), stale.object(), dropped.getOrDefault(stale.object(), ""))));
            }
            return findings;
        } catch (SQLException e) {
            if (ConnectionLostException.isMeantBy(e)) {
                throw e;
            }
            LOG.warn(
                    "The upgrade is done; whether its views and routines can be used was not checked", SafeCause.of(e));
            return List.of();
        }
    }

    private Optional<String> ignoring(String view) {
        return ignored.pattern(
                new SchemaDifference(SchemaKind.VIEW, view, SchemaDifference.NONE, SchemaDifference.MISSING));
    }
}
