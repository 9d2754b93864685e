package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLAlterDatabaseStatement;
import com.alibaba.druid.sql.ast.statement.SQLAlterViewStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateDatabaseStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateFunctionStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateIndexStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateProcedureStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateTriggerStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateViewStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropDatabaseStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropEventStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropFunctionStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropIndexStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropProcedureStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropTableStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropTriggerStatement;
import com.alibaba.druid.sql.ast.statement.SQLDropViewStatement;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLTruncateStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCreateEventStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlRenameTableStatement;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** Reads statements that create, drop and rename whole objects; of others it reads nothing. */
record ObjectReader(Names names, ReadableText text) {

    List<? extends Operation> read(SQLStatement statement) {
        List<? extends Operation> operations = ofTables(statement);
        if (operations.isEmpty()) {
            operations = ofViews(statement);
        }
        if (operations.isEmpty()) {
            operations = ofRoutines(statement);
        }
        return operations.isEmpty() ? ofDatabases(statement) : operations;
    }

    private List<? extends Operation> ofTables(SQLStatement statement) {
        if (statement instanceof SQLDropTableStatement drop) {
            return drop.getTableSources().stream()
                    .map(table ->
                            new TableOperation.DropTable(names.table(table), drop.isIfExists(), drop.isTemporary()))
                    .toList();
        }
        if (statement instanceof SQLTruncateStatement truncate) {
            return truncate.getTableSources().stream()
                    .map(table -> new TableOperation.TruncateTable(names.table(table)))
                    .toList();
        }
        if (statement instanceof MySqlRenameTableStatement rename) {
            return rename.getItems().stream()
                    .map(item ->
                            new TableOperation.RenameTable(names.object(item.getName()), names.object(item.getTo())))
                    .toList();
        }
        if (statement instanceof SQLCreateIndexStatement create) {
            String name = Names.plain(create.getIndexDefinition().getName());
            return List.of(new KeyOperation.AddIndex(
                    names.table((SQLExprTableSource) create.getIndexDefinition().getTable()),
                    new DefinitionReader(names).index(create.getIndexDefinition()),
                    text.guards(name)));
        }
        if (statement instanceof SQLDropIndexStatement drop) {
            return List.of(new KeyOperation.DropIndex(
                    names.table(drop.getTableName()), Names.plain(drop.getIndexName()), drop.isIfExists()));
        }
        return List.of();
    }

    private List<ObjectOperation> ofViews(SQLStatement statement) {
        if (statement instanceof SQLCreateViewStatement create) {
            QueryReads query = new QueryReads(names).read(create.getSubQuery());
            return List.of(new ObjectOperation.CreateView(
                    names.table(create.getTableSource()),
                    create.isOrReplace(),
                    query.found(),
                    ViewColumns.of(create.getColumns(), create.getSubQuery()),
                    query.certain()));
        }
        if (statement instanceof SQLAlterViewStatement alter) {
            QueryReads query = new QueryReads(names).read(alter.getSubQuery());
            return List.of(new ObjectOperation.CreateView(
                    names.table(alter.getTableSource()),
                    true,
                    query.found(),
                    ViewColumns.of(alter.getColumns(), alter.getSubQuery()),
                    query.certain()));
        }
        if (statement instanceof SQLDropViewStatement drop) {
            return drop.getTableSources().stream()
                    .<ObjectOperation>map(view -> new ObjectOperation.DropView(names.table(view), drop.isIfExists()))
                    .toList();
        }
        return List.of();
    }

    private List<ObjectOperation> ofRoutines(SQLStatement statement) {
        if (statement instanceof SQLCreateProcedureStatement create) {
            return create(RoutineKind.PROCEDURE, create.getName());
        }
        if (statement instanceof SQLCreateFunctionStatement create) {
            return create(RoutineKind.FUNCTION, create.getName());
        }
        if (statement instanceof MySqlCreateEventStatement create) {
            return create(RoutineKind.EVENT, create.getName());
        }
        if (statement instanceof SQLCreateTriggerStatement create) {
            return List.of(new ObjectOperation.CreateRoutine(
                    RoutineKind.TRIGGER, names.object(create.getName()), Optional.of(names.table(create.getOn()))));
        }
        if (statement instanceof SQLDropProcedureStatement drop) {
            return drop(RoutineKind.PROCEDURE, drop.getName(), drop.isIfExists());
        }
        if (statement instanceof SQLDropFunctionStatement drop) {
            return drop(RoutineKind.FUNCTION, drop.getName(), drop.isIfExists());
        }
        if (statement instanceof SQLDropTriggerStatement drop) {
            return drop(RoutineKind.TRIGGER, drop.getName(), drop.isIfExists());
        }
        if (statement instanceof SQLDropEventStatement drop) {
            return drop(RoutineKind.EVENT, drop.getName(), drop.isIfExists());
        }
        return List.of();
    }

    private List<ObjectOperation> create(RoutineKind kind, SQLName name) {
        return List.of(new ObjectOperation.CreateRoutine(kind, names.object(name), Optional.empty()));
    }

    private List<ObjectOperation> drop(RoutineKind kind, SQLExpr name, boolean ifExists) {
        return List.of(new ObjectOperation.DropRoutine(kind, names.object(name), ifExists));
    }

    private static List<DatabaseOperation> ofDatabases(SQLStatement statement) {
        if (statement instanceof SQLCreateDatabaseStatement create) {
            return List.of(new DatabaseOperation.CreateDatabase(Names.plain(create.getName()), create.isIfNotExists()));
        }
        if (statement instanceof SQLAlterDatabaseStatement alter) {
            return List.of(new DatabaseOperation.AlterDatabase(Names.plain(alter.getName())));
        }
        if (statement instanceof SQLDropDatabaseStatement drop) {
            return List.of(new DatabaseOperation.DropDatabase(Names.column(drop.getDatabase()), drop.isIfExists()));
        }
        return List.of();
    }
}
