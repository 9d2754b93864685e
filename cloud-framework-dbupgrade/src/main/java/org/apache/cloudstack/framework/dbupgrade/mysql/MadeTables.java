package org.apache.cloudstack.framework.dbupgrade.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.sql.CopiedStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnOperation.AddColumn;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnOperation.ChangeColumn;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.TableOperation;

/**
 * Whether a table is what a statement makes of it, in the server's own words: the statement is run on a temporary table, which
 * only this session sees, and the two definitions are compared. Where the server refuses that, nothing is known.
 *
 * @param connection as the script's, or one that only reads
 * @param mayHaveMore whether statements after it may have added to the same table
 */
record MadeTables(Connection connection, boolean mayHaveMore) {

    private static final String SCRATCH = "dbupgrade_compared";
    private static final String PLACE = Identifier.quote("dbupgrade_place");

    private interface Comparison {
        boolean holds() throws SQLException;
    }

    /** Whether a table is as it is created. */
    boolean isMadeBy(TableOperation.CreateTable create, String statement) {
        String scratch = Identifier.quote(create.table().schema(), SCRATCH);
        Optional<String> copied = CopiedStatement.temporaryTable(statement, scratch);
        return copied.isPresent()
                && compared(scratch, () -> {
                    TableDefinition present = present(create.table());
                    run(copied.get());
                    TableDefinition made = TableDefinition.of(connection, scratch);
                    boolean keysAreThere = create.foreignKeys().stream()
                            .allMatch(key -> present.has(key, create.table().schema()));
                    TableDefinition own = present.without(line ->
                            !made.lines().contains(line) && TableDefinition.isIndexFor(line, create.foreignKeys()));
                    return keysAreThere
                            && agree(own, made)
                            && present.isDividedAs(CopiedStatement.partitionsOf(statement));
                });
    }

    /** Whether a table is like another one. */
    boolean isMadeBy(TableOperation.CreateTableLike create) {
        return compared("", () -> {
            TableDefinition source = present(create.source());
            TableDefinition present = present(create.table());
            return present.isLike(source) && present.isDividedAs(source.partitions());
        });
    }

    /** Whether what a statement added to a table is there as it adds it: taken from a copy, and added there again. */
    boolean isMadeBy(ObjectName table, List<Operation> operations, String statement) {
        String scratch = Identifier.quote(table.schema(), SCRATCH);
        return compared(scratch, () -> {
            TableDefinition present = present(table);
            boolean keysAreThere = operations.stream()
                    .filter(KeyOperation.AddForeignKey.class::isInstance)
                    .map(KeyOperation.AddForeignKey.class::cast)
                    .allMatch(add -> present.has(add.foreignKey(), table.schema()));
            if (!keysAreThere || !isDefined(operations)) {
                return keysAreThere;
            }
            Optional<String> additions = CopiedStatement.additions(statement, scratch);
            return additions.isPresent() && agree(present, addedAgain(scratch, present, operations, additions.get()));
        });
    }

    private boolean agree(TableDefinition present, TableDefinition made) {
        return mayHaveMore ? present.contains(made) : present.isLike(made);
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

    private boolean compared(String scratch, Comparison comparison) {
        try {
            return comparison.holds();
        } catch (SQLException e) {
            return false;
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
