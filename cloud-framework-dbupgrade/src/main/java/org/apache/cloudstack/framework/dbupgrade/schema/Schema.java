package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;

/**
 * The schema of a database, to which changes are stated. It collects them in their order and asks no server; they are made
 * when the migration runs.
 *
 * <pre>{@code
 * schema.table("vm_instance").add(column("power_state", varchar(32)).nullable());
 * }</pre>
 */
public final class Schema {

    private final String database;
    private final List<Change> changes;

    /** The schema of the database that is current when a migration runs. */
    public Schema() {
        this("", new ArrayList<>());
    }

    private Schema(String database, List<Change> changes) {
        this.database = database;
        this.changes = changes;
    }

    /** The schema of another database on the same server; what is stated to it goes into the same order. */
    public Schema in(String otherDatabase) {
        return new Schema(DatabaseNames.checked("database", otherDatabase), changes);
    }

    /** A table. */
    public Table table(String name) {
        return Table.of(new ObjectName(database, DatabaseNames.checked("table", name)), changes::add);
    }

    /** A view. */
    public View view(String name) {
        return View.of(new ObjectName(database, DatabaseNames.checked("view", name)), changes::add);
    }

    /**
     * Changes rows by one statement. Large tables are changed in portions instead.
     *
     * @param statement {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code REPLACE}; tables without a database are those
     *     of the current one
     */
    public void rows(String statement) {
        String sql = statement.strip();
        List<Operation> operations = new WrittenSql(sql).operations();
        boolean changesRows = operations.stream()
                .allMatch(each -> each instanceof RowOperation && !(each instanceof RowOperation.ReadRows));
        if (operations.isEmpty() || !changesRows || sql.endsWith(";")) {
            throw new SchemaException("rows are changed by one INSERT, UPDATE, DELETE or REPLACE without a semicolon");
        }
        changes.add(new Change(sql));
    }

    /** What was stated so far, in order. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The phase of the halves of renames that it consists of; empty where there is more, or halves of both kinds. */
    public Optional<Phase> half() {
        List<Optional<Phase>> halves =
                changes.stream().map(Change::half).distinct().toList();
        return halves.size() == 1 ? halves.get(0) : Optional.empty();
    }

    /** The executable that is to change tables which the server would copy; empty when no change asks for one. */
    public Optional<CopyTool> copyWith() {
        return changes.stream().flatMap(change -> change.copyWith().stream()).findFirst();
    }

    /** All of it as a script, which is the same for every server. */
    public String sql() {
        return changes.stream().map(change -> ended(change.sql())).collect(Collectors.joining("\n"));
    }

    /** A comment at the end of a statement would swallow a semicolon after it. */
    private static String ended(String sql) {
        String lastLine = sql.substring(sql.lastIndexOf('\n') + 1);
        return sql + (lastLine.contains("--") || lastLine.contains("#") ? "\n;" : ";");
    }
}
