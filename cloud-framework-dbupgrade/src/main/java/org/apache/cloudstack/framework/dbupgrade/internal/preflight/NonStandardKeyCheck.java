package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/**
 * Foreign keys on columns that are no unique key of their table, as older servers allowed. MySQL refuses new ones, and most
 * changes of the table that they reference, while {@code restrict_fk_on_non_standard_key} is on.
 */
final class NonStandardKeyCheck extends ServerCheck {

    private static final String SETTING = "restrict_fk_on_non_standard_key";
    private static final String KEYS = "SELECT LOWER(k.referenced_table_schema), LOWER(k.referenced_table_name),"
            + " k.constraint_name, CONCAT(k.table_schema, '.', k.table_name),"
            + " GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR ', ')"
            + " FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r"
            + " ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name"
            + " AND r.table_name = k.table_name"
            + " WHERE k.referenced_table_name IS NOT NULL AND r.unique_constraint_name IS NULL"
            + " GROUP BY 1, 2, 3, 4";
    private static final String UNIQUE = "SELECT LOWER(table_schema), LOWER(table_name),"
            + " GROUP_CONCAT(LOWER(column_name) ORDER BY seq_in_index SEPARATOR ', ')"
            + " FROM information_schema.statistics WHERE non_unique = 0 GROUP BY table_schema, table_name, index_name";

    /** A key on a table; {@code columns} are those of the table that it references. */
    private record Key(ObjectName parent, String name, String child, String columns) {}

    NonStandardKeyCheck() {
        super("foreign keys");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        Map<String, String> settings = new ServerState(context.connection()).variables(List.of(SETTING));
        boolean hasScripts =
                context.plan().runs().stream().anyMatch(step -> step.migration().source() instanceof Source.Script);
        if (!"ON".equals(settings.get(SETTING)) || context.plan().isFreshInstall() || !hasScripts) {
            return List.of();
        }
        Walk walk = new Walk(keys(context.connection()), unique(context.connection()));
        context.plan().runs().stream()
                .filter(step -> step.migration().source() instanceof Source.Script)
                .forEach(step -> walk.follow(step, context.schemas().get(0)));
        return List.copyOf(walk.results);
    }

    private static List<Key> keys(Connection connection) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(KEYS)) {
            while (found.next()) {
                keys.add(new Key(
                        new ObjectName(found.getString(1), found.getString(2)),
                        found.getString(3),
                        found.getString(4),
                        found.getString(5)));
            }
        }
        return keys;
    }

    /** The columns of the unique keys of each table, in lower case. */
    private static Map<ObjectName, Set<String>> unique(Connection connection) throws SQLException {
        Map<ObjectName, Set<String>> unique = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(UNIQUE)) {
            while (found.next()) {
                unique.computeIfAbsent(
                                new ObjectName(found.getString(1), found.getString(2)), any -> new LinkedHashSet<>())
                        .add(String.valueOf(found.getString(3)));
            }
        }
        return unique;
    }

    /** The plan's statements in their order. */
    private static final class Walk {

        private final List<Key> keys;
        private final Map<ObjectName, Set<String>> unique;
        private final Set<CheckResult> results = new LinkedHashSet<>();

        Walk(List<Key> keys, Map<ObjectName, Set<String>> unique) {
            this.keys = new ArrayList<>(keys);
            this.unique = unique;
        }

        void follow(Step step, String schema) {
            boolean isAllowed = false;
            for (Analysis statement :
                    new StatementAnalyzer().analyze(step.migration().statements(), schema)) {
                // a unique key that the same statement adds makes the foreign key an ordinary one
                statement.operations().forEach(this::followKeys);
                for (Operation operation : statement.operations()) {
                    isAllowed |= operation instanceof SessionOperation.SetVariables set
                            && set.names().stream().anyMatch(SETTING::equalsIgnoreCase);
                    Optional<String> problem = isAllowed ? Optional.empty() : problem(operation);
                    problem.ifPresent(what -> report(step, statement, what));
                }
            }
        }

        private void report(Step step, Analysis statement, String what) {
            results.add(CheckResult.stop(
                    step.migration().script() + ", line "
                            + statement.statement().line() + ", " + what + ", which the server refuses while " + SETTING
                            + " is ON",
                    "Start the script with SET SESSION " + SETTING
                            + " = OFF, or let an earlier statement give these columns"
                            + " a unique key, which the server accepts"));
        }

        private Optional<String> problem(Operation operation) {
            if (operation instanceof KeyOperation.AddForeignKey add) {
                return newKey(add.foreignKey());
            }
            if (operation instanceof TableOperation.CreateTable create) {
                return create.foreignKeys().stream()
                        .flatMap(key -> newKey(key).stream())
                        .findFirst();
            }
            return changed(operation).flatMap(table -> keys.stream()
                    .filter(key -> key.parent().isSame(table))
                    .findFirst()
                    .map(key -> "changes " + table + ", whose columns (" + key.columns() + ") the foreign key "
                            + key.name() + " of " + key.child() + " references although they are no unique key"));
        }

        private Optional<String> newKey(ForeignKey key) {
            ObjectName parent = lower(key.referenced());
            String columns = columns(key.referencedColumns());
            return unique.containsKey(parent)
                            && !unique.getOrDefault(parent, Set.of()).contains(columns)
                    ? Optional.of(
                            "adds a foreign key on " + key.referenced() + " (" + columns + "), which is no unique key")
                    : Optional.empty();
        }

        private static String columns(List<String> names) {
            return String.join(", ", names).toLowerCase(Locale.ROOT);
        }

        private static Optional<ObjectName> changed(Operation operation) {
            if (operation instanceof ColumnOperation column) {
                return Optional.of(column.table());
            }
            if (operation instanceof KeyOperation key) {
                return Optional.of(key.table());
            }
            boolean isChange = operation instanceof TableOperation.ChangeTableOptions
                    || operation instanceof TableOperation.RenameTable
                    || operation instanceof TableOperation.ReshapeTable;
            return isChange ? Optional.of(((TableOperation) operation).table()) : Optional.empty();
        }

        private void followKeys(Operation operation) {
            if (operation instanceof KeyOperation.DropForeignKey drop) {
                keys.removeIf(key -> key.name().equalsIgnoreCase(drop.name()));
            } else if (operation instanceof KeyOperation.AddIndex add
                    && add.index().kind() == IndexDefinition.Kind.UNIQUE) {
                String columns = columns(add.index().parts().stream()
                        .flatMap(part -> part.columns().stream())
                        .toList());
                unique.computeIfAbsent(lower(add.table()), any -> new LinkedHashSet<>())
                        .add(columns);
                keys.removeIf(
                        key -> key.parent().isSame(add.table()) && key.columns().equalsIgnoreCase(columns));
            } else if (operation instanceof TableOperation.DropTable drop) {
                unique.remove(lower(drop.table()));
                keys.removeIf(key -> key.parent().isSame(drop.table())
                        || key.child().equalsIgnoreCase(drop.table().toString()));
            }
        }

        private static ObjectName lower(ObjectName name) {
            return new ObjectName(
                    name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
        }
    }
}
