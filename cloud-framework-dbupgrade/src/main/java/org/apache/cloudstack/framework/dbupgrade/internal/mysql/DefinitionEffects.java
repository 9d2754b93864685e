package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlEffectProbe;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.AddColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.ChangeColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.DropColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.RenameColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * Looks for the effect of definitions in {@code information_schema}. A statement is one unit to the server, so what its
 * operations show must agree; operations that may be repeated without harm say nothing.
 */
public final class DefinitionEffects implements DdlEffectProbe {

    private static final String PRIMARY = "PRIMARY";

    /** Of a stored program: made again, it is the same. */
    private static final Pattern REPEATABLE_PROGRAM = Pattern.compile(
            "CREATE\\s+(?:OR\\s+REPLACE\\s|(?:(?!(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\s).)*"
                    + "(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\s+IF\\s+NOT\\s+EXISTS\\s)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String schema;
    private final boolean byName;

    private DefinitionEffects(String schema, boolean byName) {
        this.schema = schema;
        this.byName = byName;
    }

    /** Effects in databases of which the given one is current when a script starts. */
    public DefinitionEffects(String schema) {
        this(schema, false);
    }

    /** The same, where all that matters is whether something of the name is there, as with {@code IF NOT EXISTS}. */
    static DefinitionEffects byName(String schema) {
        return new DefinitionEffects(schema, true);
    }

    @Override
    public Seen lookUp(Connection connection, List<SqlStatement> statements) throws SQLException {
        List<Analysis> analyses = new StatementAnalyzer().analyze(statements, schema);
        Analysis last = analyses.get(analyses.size() - 1);
        if (!last.calls().isEmpty()) {
            return Seen.of(new CallEffects(connection, schema).lookUp(statements, last));
        }
        if (last.statement().startsWith("EXECUTE")) {
            return ofPrepared(connection, statements);
        }
        if (last.unknown().isPresent()) {
            return Seen.of(DdlOutcome.UNCLEAR);
        }
        String statement = statements.get(statements.size() - 1).withoutComments();
        if (last.operations().stream().allMatch(ObjectOperation.CreateRoutine.class::isInstance)
                && REPEATABLE_PROGRAM.matcher(statement).lookingAt()) {
            return Seen.of(DdlOutcome.NOT_DONE);
        }
        Map<Operation, DdlOutcome> each = new LinkedHashMap<>();
        DdlOutcome seen = byName(new Definitions(connection), last, each);
        if (byName || seen == DdlOutcome.NOT_DONE) {
            return Seen.of(seen);
        }
        Optional<String> difference = seen == DdlOutcome.DONE || each.size() == 1
                ? difference(connection, last.operations(), statements)
                : Optional.of(Differences.ofParts(each));
        return seen == DdlOutcome.DONE && difference.isEmpty()
                ? Seen.of(seen)
                : new Seen(DdlOutcome.UNCLEAR, difference.orElse(""));
    }

    /** The same as of the statement that it runs, if there is but one. */
    private Seen ofPrepared(Connection connection, List<SqlStatement> statements) throws SQLException {
        Optional<String> text = new StatementAnalyzer().executed(statements, schema);
        if (text.isEmpty()) {
            return Seen.of(DdlOutcome.UNCLEAR);
        }
        SqlStatement last = statements.get(statements.size() - 1);
        List<SqlStatement> run = new ArrayList<>(statements.subList(0, statements.size() - 1));
        run.add(new SqlStatement(last.number(), last.line(), text.get()));
        return lookUp(connection, run);
    }

    /** How what is there differs from what the statement makes; an empty text when that is not known. */
    private Optional<String> difference(
            Connection connection, List<Operation> operations, List<SqlStatement> statements) throws SQLException {
        String statement = statements.get(statements.size() - 1).withoutComments();
        MadeTables tables = new MadeTables(connection, isInSeries(connection));
        Operation first = operations.get(0);
        if (first instanceof TableOperation.CreateTable create) {
            return tables.difference(create, statement);
        }
        if (first instanceof TableOperation.CreateTableLike create) {
            return tables.difference(create);
        }
        if (first instanceof ObjectOperation.CreateRoutine create) {
            return new MadeObjects(connection).difference(create, statement);
        }
        if (first instanceof ObjectOperation.CreateView create) {
            return ofView(connection, create, statements);
        }
        List<Operation> changes = operations.stream()
                .filter(operation -> operation instanceof ColumnOperation || operation instanceof KeyOperation)
                .toList();
        return changes.isEmpty() ? Optional.empty() : tables.difference(tableOf(changes.get(0)), changes, statement);
    }

    /** Whether the statement was started together with others, of which those after it may be done too. */
    private boolean isInSeries(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet found = select.executeQuery("SELECT COUNT(*) FROM "
                        + Identifier.quote(schema, Journal.JOURNAL_TABLE) + " WHERE state = 'RUNNING'")) {
            found.next();
            return found.getInt(1) > 1;
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Names in the query mean those of the database that is current there. */
    private Optional<String> ofView(
            Connection connection, ObjectOperation.CreateView create, List<SqlStatement> statements)
            throws SQLException {
        String before = connection.getCatalog();
        connection.setCatalog(currentAt(statements));
        try {
            return new MadeObjects(connection)
                    .difference(create, statements.get(statements.size() - 1).withoutComments());
        } finally {
            if (before != null && !before.isEmpty()) {
                connection.setCatalog(before);
            }
        }
    }

    private String currentAt(List<SqlStatement> statements) {
        List<SqlStatement> asked = new ArrayList<>(statements);
        asked.add(new SqlStatement(statements.size() + 1, 1, "DROP TABLE anything"));
        List<Analysis> analyses = new StatementAnalyzer().analyze(asked, schema);
        return ((TableOperation) analyses.get(analyses.size() - 1).operations().get(0))
                .table()
                .schema();
    }

    private static ObjectName tableOf(Operation operation) {
        return operation instanceof ColumnOperation column ? column.table() : ((KeyOperation) operation).table();
    }

    private static DdlOutcome byName(Definitions definitions, Analysis last, Map<Operation, DdlOutcome> each)
            throws SQLException {
        if (last.operations().size() > 1
                && last.operations().stream().allMatch(TableOperation.RenameTable.class::isInstance)) {
            return renamed(definitions, last.operations());
        }
        for (Operation operation : last.operations()) {
            if (!isRepeatable(operation)) {
                each.put(operation, effect(definitions, operation));
            }
        }
        if (each.isEmpty()) {
            return DdlOutcome.NOT_DONE;
        }
        Set<DdlOutcome> seen = EnumSet.copyOf(each.values());
        return seen.size() == 1 ? seen.iterator().next() : DdlOutcome.UNCLEAR;
    }

    /** Names that pass from one to the next say nothing: only those that come or go for good do. */
    private static DdlOutcome renamed(Definitions definitions, List<Operation> operations) throws SQLException {
        List<TableOperation.RenameTable> renames =
                operations.stream().map(TableOperation.RenameTable.class::cast).toList();
        Set<ObjectName> gone = new HashSet<>(
                renames.stream().map(TableOperation.RenameTable::table).toList());
        Set<ObjectName> come = new HashSet<>(
                renames.stream().map(TableOperation.RenameTable::newName).toList());
        Set<ObjectName> both = new HashSet<>(gone);
        both.retainAll(come);
        gone.removeAll(both);
        come.removeAll(both);
        Set<DdlOutcome> seen = EnumSet.noneOf(DdlOutcome.class);
        for (ObjectName name : gone) {
            seen.add(doneIf(!definitions.hasTable(name)));
        }
        for (ObjectName name : come) {
            seen.add(doneIf(definitions.hasTable(name)));
        }
        return seen.size() == 1 ? seen.iterator().next() : DdlOutcome.UNCLEAR;
    }

    /** Whether running it again ends in the same. */
    static boolean isRepeatable(Operation operation) {
        return operation instanceof ChangeColumn change && !change.renames()
                || operation instanceof ColumnOperation.SetDefault
                || operation instanceof ColumnOperation.DropDefault
                || operation instanceof TableOperation.ChangeTableOptions
                || operation instanceof TableOperation.MaintainTable
                || operation instanceof TableOperation.TruncateTable
                || operation instanceof TableOperation.CreateTable create && create.ifNotExists()
                || operation instanceof TableOperation.DropTable drop && drop.ifExists()
                || operation instanceof AddColumn add && add.ifNotExists()
                || operation instanceof DropColumn drop && drop.ifExists()
                || operation instanceof ObjectOperation.CreateView view && view.orReplace()
                || operation instanceof ObjectOperation.DropView drop && drop.ifExists()
                || operation instanceof ObjectOperation.DropRoutine drop && drop.ifExists()
                || operation instanceof DatabaseOperation.CreateDatabase create && create.ifNotExists()
                || operation instanceof DatabaseOperation.DropDatabase drop && drop.ifExists()
                || operation instanceof DatabaseOperation.AlterDatabase;
    }

    static DdlOutcome effect(Definitions definitions, Operation operation) throws SQLException {
        if (operation instanceof TableOperation table) {
            return tableEffect(definitions, table);
        }
        if (operation instanceof ColumnOperation column) {
            return columnEffect(definitions, column);
        }
        if (operation instanceof KeyOperation key) {
            return keyEffect(definitions, key);
        }
        if (operation instanceof ObjectOperation object) {
            return objectEffect(definitions, object);
        }
        if (operation instanceof DatabaseOperation.CreateDatabase create) {
            return doneIf(definitions.hasDatabase(create.schema()));
        }
        if (operation instanceof DatabaseOperation.DropDatabase drop) {
            return doneIf(!definitions.hasDatabase(drop.schema()));
        }
        return DdlOutcome.UNCLEAR;
    }

    /** A table without the columns was made by somebody else. */
    private static DdlOutcome newTableEffect(Definitions definitions, TableOperation.CreateTable create)
            throws SQLException {
        for (ColumnDefinition column : create.columns()) {
            if (!definitions.hasColumn(create.table(), column.name())) {
                return DdlOutcome.UNCLEAR;
            }
        }
        return DdlOutcome.DONE;
    }

    private static DdlOutcome tableEffect(Definitions definitions, TableOperation operation) throws SQLException {
        boolean there = definitions.hasTable(operation.table());
        if (operation instanceof TableOperation.CreateTable create && !create.temporary()) {
            return there ? newTableEffect(definitions, create) : DdlOutcome.NOT_DONE;
        }
        if (operation instanceof TableOperation.CreateTableLike) {
            return doneIf(there);
        }
        if (operation instanceof TableOperation.DropTable drop && !drop.temporary()) {
            return doneIf(!there);
        }
        if (operation instanceof TableOperation.RenameTable rename) {
            return moved(there, definitions.hasTable(rename.newName()));
        }
        // a table made from a query may be there without its rows
        return operation instanceof TableOperation.CreateTableAsSelect && !there
                ? DdlOutcome.NOT_DONE
                : DdlOutcome.UNCLEAR;
    }

    private static DdlOutcome columnEffect(Definitions definitions, ColumnOperation operation) throws SQLException {
        boolean there = definitions.hasColumn(operation.table(), operation.column());
        if (operation instanceof AddColumn) {
            return doneIf(there);
        }
        if (operation instanceof DropColumn) {
            return doneIf(!there);
        }
        if (operation instanceof RenameColumn rename) {
            return moved(there, definitions.hasColumn(rename.table(), rename.newName()));
        }
        if (operation instanceof ChangeColumn change) {
            return moved(
                    there,
                    definitions.hasColumn(change.table(), change.definition().name()));
        }
        return DdlOutcome.UNCLEAR;
    }

    private static DdlOutcome keyEffect(Definitions definitions, KeyOperation operation) throws SQLException {
        if (operation instanceof KeyOperation.AddIndex add) {
            Optional<String> name = nameOf(add.index());
            return name.isEmpty() ? DdlOutcome.UNCLEAR : doneIf(definitions.hasIndex(add.table(), name.get()));
        }
        if (operation instanceof KeyOperation.DropIndex drop) {
            return doneIf(!definitions.hasIndex(drop.table(), drop.index()));
        }
        if (operation instanceof KeyOperation.RenameIndex rename) {
            return moved(
                    definitions.hasIndex(rename.table(), rename.index()),
                    definitions.hasIndex(rename.table(), rename.newName()));
        }
        if (operation instanceof KeyOperation.AddForeignKey add) {
            return add.foreignKey().name().isEmpty()
                    ? DdlOutcome.UNCLEAR
                    : doneIf(definitions.hasConstraint(
                            add.table(), add.foreignKey().name().get()));
        }
        if (operation instanceof KeyOperation.DropForeignKey drop) {
            return doneIf(!definitions.hasConstraint(drop.table(), drop.name()));
        }
        if (operation instanceof KeyOperation.AddCheck add) {
            return add.name().isEmpty()
                    ? DdlOutcome.UNCLEAR
                    : doneIf(definitions.hasConstraint(add.table(), add.name().get()));
        }
        KeyOperation.DropConstraint drop = (KeyOperation.DropConstraint) operation;
        return doneIf(!definitions.hasConstraint(drop.table(), drop.name()));
    }

    /** A primary key has one name, whatever it was given; of others without a name nobody knows what the server chose. */
    private static Optional<String> nameOf(IndexDefinition index) {
        return index.kind() == IndexDefinition.Kind.PRIMARY ? Optional.of(PRIMARY) : index.name();
    }

    private static DdlOutcome objectEffect(Definitions definitions, ObjectOperation operation) throws SQLException {
        if (operation instanceof ObjectOperation.CreateView view) {
            return doneIf(definitions.hasTable(view.name()));
        }
        if (operation instanceof ObjectOperation.DropView view) {
            return doneIf(!definitions.hasTable(view.name()));
        }
        if (operation instanceof ObjectOperation.CreateRoutine create) {
            return doneIf(definitions.hasProgram(create.kind(), create.name()));
        }
        ObjectOperation.DropRoutine drop = (ObjectOperation.DropRoutine) operation;
        return doneIf(!definitions.hasProgram(drop.kind(), drop.name()));
    }

    private static DdlOutcome doneIf(boolean condition) {
        return condition ? DdlOutcome.DONE : DdlOutcome.NOT_DONE;
    }

    private static DdlOutcome moved(boolean oldIsThere, boolean newIsThere) {
        if (oldIsThere == newIsThere) {
            return DdlOutcome.UNCLEAR;
        }
        return doneIf(newIsThere);
    }
}
