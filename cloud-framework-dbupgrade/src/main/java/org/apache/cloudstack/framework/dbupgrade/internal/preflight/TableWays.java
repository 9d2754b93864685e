package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.TableSizes;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.FoundChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ServerVersionRange;
import org.apache.cloudstack.framework.dbupgrade.preflight.TableImpact;

/**
 * How the server at hand does what scripts do to tables that are there.
 *
 * @param line the server
 * @param schema the database of names without one
 * @param sizes the tables that are there
 */
record TableWays(ServerVersionRange line, String schema, Map<TableName, TableSizes.Size> sizes) {

    List<TableImpact> of(ScriptPhase script) {
        Map<TableName, AlterAlgorithm> ways = new LinkedHashMap<>();
        for (FoundChange change : script.statements().stream()
                .flatMap(statement -> statement.changes().stream())
                .toList()) {
            ways.merge(
                    full(change.subject()), change.way(line), (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        List<TableImpact> estimates = new ArrayList<>();
        ways.forEach((table, way) -> sizeOf(table)
                .ifPresent(size -> estimates.add(
                        new TableImpact(table.schema() + "." + table.name(), size.rows(), size.bytes(), way))));
        return estimates;
    }

    private TableName full(ObjectName table) {
        return new TableName(table.schema().isEmpty() ? schema : table.schema(), table.name());
    }

    private Optional<TableSizes.Size> sizeOf(TableName table) {
        return Optional.ofNullable(sizes.get(table))
                .or(() -> Optional.ofNullable(
                        sizes.get(new TableName(table.schema(), table.name().toLowerCase(Locale.ROOT)))));
    }
}
