package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.CopiedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.AddColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.ChangeColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * How a table differs from what a statement makes of it, in the server's own words: the statement is run on a temporary table, which
 * only this session sees, and the two definitions are compared. Where the server refuses that, nothing is known.
 *
 * @param connection as the script's, or one that only reads
 * @param mayHaveMore whether statements after it may have added to the same table
 */
record MadeTables(Connection connection, boolean mayHaveMore) {

    private static final String SCRATCH = "dbupgrade_compared";
    private static final Optional<String> UNKNOWN = Optional.of("");
    private static final String PLACE = Identifier.quote("dbupgrade_place");

    private interface Comparison {
        Optional<String> difference() throws SQLException;
    }

    /** How a table differs from one as it is created. */
    Optional<String> difference(TableOperation.CreateTable create, String statement) {
        ObjectName table = create.table();
        String scratch = Identifier.quote(table.schema(), SCRATCH);
        Optional<String> copied = CopiedStatement.temporaryTable(statement, scratch);
        return copied.isEmpty()
                ? UNKNOWN
                : compared(scratch, () -> {
                    TableDefinition present = present(table);
                    run(copied.get());
                    TableDefinition made = TableDefinition.of(connection, scratch);
                    TableDefinition own = present.without(line ->
                            !made.lines().contains(line) && TableDefinition.isIndexFor(line, create.foreignKeys()));
                    return missingKey(table, present, create.foreignKeys())
                            .or(() -> difference(table, own, made))
                            .or(() -> division(table, present, CopiedStatement.partitionsOf(statement)));
                });
    }

    /** How a table differs from another one. */
    Optional<String> difference(TableOperation.CreateTableLike create) {
        return compared("", () -> {
            TableDefinition source = present(create.source());
            TableDefinition present = present(create.table());
            return present.isLike(source)
                    ? division(create.table(), present, source.partitions())
                    : Optional.of(present.differenceFrom(create.table(), source));
        });
    }

    private static Optional<String> missingKey(ObjectName table, TableDefinition present, List<ForeignKey> keys) {
        return keys.stream()
                .filter(key -> !present.has(key, table.schema()))
                .findFirst()
                .map(key -> Differences.of(
                        table,
                        present.foreignKeys(),
                        List.of("FOREIGN KEY " + TableDefinition.written(key, table.schema()))));
    }

    private Optional<String> difference(ObjectName table, TableDefinition present, TableDefinition made) {
        boolean agree = mayHaveMore ? present.contains(made) : present.isLike(made);
        return agree ? Optional.empty() : Optional.of(present.differenceFrom(table, made));
    }

    private static Optional<String> division(ObjectName table, TableDefinition present, String written) {
        return present.isDividedAs(written)
                ? Optional.empty()
                : Optional.of(Differences.of(table, parts(present.partitions()), parts(written)));
    }

    private static List<String> parts(String partitions) {
        return partitions.isEmpty() ? List.of() : List.of(partitions.replaceAll("\\s+", " "));
    }

    /** How what a statement added to a table differs from what it adds: taken from a copy, and added there again. */
    Optional<String> difference(ObjectName table, List<Operation> operations, String statement) {
        String scratch = Identifier.quote(table.schema(), SCRATCH);
        return compared(scratch, () -> {
            TableDefinition present = present(table);
            List<ForeignKey> keys = operations.stream()
                    .filter(KeyOperation.AddForeignKey.class::isInstance)
                    .map(add -> ((KeyOperation.AddForeignKey) add).foreignKey())
                    .toList();
            Optional<String> missing = missingKey(table, present, keys);
            if (missing.isPresent() || !isDefined(operations)) {
                return missing;
            }
            Optional<String> additions = CopiedStatement.additions(statement, scratch);
            return additions.isEmpty()
                    ? UNKNOWN
                    : difference(table, present, addedAgain(scratch, present, operations, additions.get()));
        });
    }

    /** Whether one of them says what something is, rather than that it goes. */
    private static boolean isDefined(List<Operation> operations) {
        return operations.stream()
                .anyMatch(operation -> operation instanceof AddColumn
                        || operation instanceof ChangeColumn
                        || operation instanceof KeyOperation.AddIndex
                        || operation instanceof KeyOperation.AddCheck);
    }

    private TableDefinition addedAgain(
            String scratch, TableDefinition present, List<Operation> operations, String additions) throws SQLException {
        run(present.creation(scratch));
        List<String> taken = taken(operations);
        if (taken.isEmpty()) {
            run(additions);
        } else {
            // a table has one column at least
            run("ALTER TABLE " + scratch + " ADD COLUMN " + PLACE + " INT, " + String.join(", ", taken));
            run(additions);
            run("ALTER TABLE " + scratch + " DROP COLUMN " + PLACE);
        }
        return TableDefinition.of(connection, scratch);
    }

    private static List<String> taken(List<Operation> operations) {
        List<String> taken = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof AddColumn add) {
                taken.add("DROP COLUMN " + Identifier.quote(add.column()));
            } else if (operation instanceof KeyOperation.AddIndex add) {
                taken.add(
                        add.index().kind() == IndexDefinition.Kind.PRIMARY
                                ? "DROP PRIMARY KEY"
                                : "DROP INDEX "
                                        + Identifier.quote(add.index().name().orElseThrow()));
            } else if (operation instanceof KeyOperation.AddCheck add) {
                taken.add("DROP CONSTRAINT " + Identifier.quote(add.name().orElseThrow()));
            }
        }
        return taken;
    }

    private Optional<String> compared(String scratch, Comparison comparison) {
        try {
            return comparison.difference();
        } catch (SQLException e) {
            return Optional.of("what is there cannot be compared: the server answers error " + e.getErrorCode()
                    + " to the statement on a copy");
        } finally {
            drop(scratch);
        }
    }

    private void drop(String scratch) {
        if (scratch.isEmpty()) {
            return;
        }
        try {
            run("DROP TEMPORARY TABLE IF EXISTS " + scratch);
        } catch (SQLException e) {
            // it ends with the session
        }
    }

    private TableDefinition present(ObjectName table) throws SQLException {
        return TableDefinition.of(connection, Identifier.quote(table.schema(), table.name()));
    }

    private void run(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }
}
