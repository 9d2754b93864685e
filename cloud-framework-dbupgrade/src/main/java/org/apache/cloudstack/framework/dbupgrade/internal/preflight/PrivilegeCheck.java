package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Account;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Grants;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** Whether the account may do what the plan does; the alternative is a stop in the middle. */
final class PrivilegeCheck extends ServerCheck {

    private static final String DROP = "DROP";

    /** For the records of the upgrade and for tables of any kind. */
    private static final Set<String> ALWAYS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX", DROP);

    /** What no plan needs more than. */
    private static final Set<String> AT_MOST = Stream.concat(
                    ALWAYS.stream(),
                    Stream.of("REFERENCES", "CREATE VIEW", "CREATE ROUTINE", "ALTER ROUTINE", "TRIGGER", "EVENT"))
            .collect(Collectors.toUnmodifiableSet());

    PrivilegeCheck() {
        super("privileges");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        Grants grants = Grants.read(context.connection());
        if (context.schemas().stream()
                .allMatch(schema -> grants.missing(schema, AT_MOST).isEmpty())) {
            // most accounts, which need not wait until every script is read
            return List.of();
        }
        Set<String> needed = needed(inspection.get());
        List<CheckResult> results = new ArrayList<>();
        for (String schema : context.schemas()) {
            Set<String> missing = grants.missing(schema, needed);
            if (!missing.isEmpty()) {
                String list = String.join(", ", missing);
                String problem = "The account lacks " + list + " on the database " + schema;
                String cure = "GRANT " + list + " ON " + Identifier.quote(schema) + ".* TO "
                        + Account.of(context.connection());
                results.add(
                        missing.equals(Set.of(DROP)) && !drops(inspection.get())
                                ? CheckResult.warn(problem, cure)
                                : CheckResult.stop(problem, cure));
            }
        }
        return results;
    }

    /** Without that, only a later upgrade needs the privilege. */
    private static boolean drops(PlanInspection inspection) {
        return inspection.operations().stream()
                .anyMatch(operation -> operation instanceof TableOperation.DropTable
                        || operation instanceof TableOperation.TruncateTable
                        || operation instanceof TableOperation.RenameTable
                        || operation instanceof ObjectOperation.DropView
                        || operation instanceof ObjectOperation.CreateView);
    }

    private static Set<String> needed(PlanInspection inspection) {
        Set<String> needed = new TreeSet<>(ALWAYS);
        inspection.operations().forEach(operation -> addPrivilegesOf(operation, needed));
        return needed;
    }

    private static void addPrivilegesOf(Operation operation, Set<String> needed) {
        if (operation instanceof KeyOperation.AddForeignKey
                || operation instanceof TableOperation.CreateTable table
                        && !table.foreignKeys().isEmpty()) {
            needed.add("REFERENCES");
        } else if (operation instanceof ObjectOperation.CreateView) {
            needed.add("CREATE VIEW");
        } else if (operation instanceof ObjectOperation.CreateRoutine migration) {
            needed.add(privilegeFor(migration.kind()));
        } else if (operation instanceof ObjectOperation.DropRoutine migration) {
            boolean isStored = migration.kind() == ObjectOperation.RoutineKind.PROCEDURE
                    || migration.kind() == ObjectOperation.RoutineKind.FUNCTION;
            needed.add(isStored ? "ALTER ROUTINE" : privilegeFor(migration.kind()));
        }
    }

    private static String privilegeFor(ObjectOperation.RoutineKind kind) {
        return switch (kind) {
            case PROCEDURE, FUNCTION -> "CREATE ROUTINE";
            case TRIGGER -> "TRIGGER";
            case EVENT -> "EVENT";
        };
    }
}
