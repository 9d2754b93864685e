package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** Settings of the server that make a statement of the plan fail. */
final class SettingsCheck extends ServerCheck {

    /** The most that UTF-8 needs for one {@code char}. */
    private static final int UTF8_BYTES = 3;

    SettingsCheck() {
        super("settings");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        Map<String, String> settings = new ServerState(context.connection())
                .variables(List.of(
                        "max_allowed_packet", "log_bin", "log_bin_trust_function_creators", "sql_require_primary_key"));
        List<CheckResult> results = new ArrayList<>();
        long packet = Long.parseLong(settings.getOrDefault("max_allowed_packet", "1073741824"));
        long longest = context.plan().steps().stream()
                .filter(step -> step.runs()
                        && mayHaveStatementOf(packet, step.migration().source()))
                .flatMap(step -> step.migration().statements().stream())
                .mapToLong(statement -> statement.text().getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        if (longest >= packet) {
            results.add(CheckResult.stop(
                    "The longest statement has " + longest + " bytes, and max_allowed_packet is " + packet,
                    "SET GLOBAL max_allowed_packet to more than that"));
        }
        if ("ON".equals(settings.get("log_bin"))
                && "OFF".equals(settings.get("log_bin_trust_function_creators"))
                && inspection.get().operations().stream().anyMatch(SettingsCheck::isDistrusted)) {
            results.add(CheckResult.warn(
                    "Functions or triggers are created, and log_bin_trust_function_creators is OFF, which only accounts with"
                            + " SUPER get around",
                    "SET GLOBAL log_bin_trust_function_creators = ON for the upgrade"));
        }
        if ("ON".equals(settings.get("sql_require_primary_key"))
                && inspection.get().operations().stream().anyMatch(SettingsCheck::lacksPrimaryKey)) {
            results.add(CheckResult.stop(
                    "A table without primary key is created, and sql_require_primary_key is ON",
                    "SET GLOBAL sql_require_primary_key = OFF for the upgrade"));
        }
        return results;
    }

    private static boolean mayHaveStatementOf(long bytes, Source source) {
        return source instanceof Source.Script script
                && (script.content().isLarge() || (long) script.text().length() * UTF8_BYTES >= bytes);
    }

    private static boolean isDistrusted(Operation operation) {
        return operation instanceof ObjectOperation.CreateRoutine migration
                && (migration.kind() == ObjectOperation.RoutineKind.FUNCTION
                        || migration.kind() == ObjectOperation.RoutineKind.TRIGGER);
    }

    private static boolean lacksPrimaryKey(Operation operation) {
        return operation instanceof TableOperation.CreateTable table
                && !table.temporary()
                && table.indexes().stream().noneMatch(index -> index.kind() == IndexDefinition.Kind.PRIMARY);
    }
}
