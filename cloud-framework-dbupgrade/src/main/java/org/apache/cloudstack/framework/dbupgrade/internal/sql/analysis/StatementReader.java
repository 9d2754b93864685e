package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableStatement;
import com.alibaba.druid.sql.ast.statement.SQLAssignItem;
import com.alibaba.druid.sql.ast.statement.SQLBeginStatement;
import com.alibaba.druid.sql.ast.statement.SQLCallStatement;
import com.alibaba.druid.sql.ast.statement.SQLCommitStatement;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLReplaceStatement;
import com.alibaba.druid.sql.ast.statement.SQLRollbackStatement;
import com.alibaba.druid.sql.ast.statement.SQLSavePointStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.ast.statement.SQLShowStatement;
import com.alibaba.druid.sql.ast.statement.SQLStartTransactionStatement;
import com.alibaba.druid.sql.ast.statement.SQLUseStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAnalyzeStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCheckTableStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCreateTableStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlDeleteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlExecuteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlExplainStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlInsertStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlLockTableStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlOptimizeStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlPrepareStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUnlockTablesStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUpdateStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MysqlDeallocatePrepareStatement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;

/**
 * Reads what one parsed statement does.
 *
 * @param declared names that the routine around the statement declares, in lower case
 */
record StatementReader(Names names, ReadableText text, Set<String> declared) {

    private static final Set<Class<? extends SQLStatement>> TRANSACTIONS = Set.of(
            SQLStartTransactionStatement.class,
            SQLBeginStatement.class,
            SQLCommitStatement.class,
            SQLRollbackStatement.class,
            SQLSavePointStatement.class,
            MySqlLockTableStatement.class,
            MySqlUnlockTablesStatement.class);

    /** Reads the operations in order; one that is undecided is among them. */
    List<Operation> read(SQLStatement statement) {
        if (statement instanceof SQLAlterTableStatement alter) {
            return AlterTableReader.read(alter, names, text);
        }
        if (statement instanceof MySqlCreateTableStatement create) {
            return List.of(new CreateTableReader(names).read(create));
        }
        List<? extends Operation> operations = ofRows(statement);
        if (operations.isEmpty()) {
            operations = new ObjectReader(names, text).read(statement);
        }
        if (operations.isEmpty()) {
            operations = ofSession(statement);
        }
        if (operations.isEmpty()) {
            operations = ofMaintenance(statement);
        }
        return operations.isEmpty() ? List.of(other(statement)) : List.copyOf(operations);
    }

    private List<RowOperation> ofRows(SQLStatement statement) {
        RowReader rows = new RowReader(names, declared);
        if (statement instanceof MySqlInsertStatement insert) {
            return List.of(rows.insert(insert));
        }
        if (statement instanceof SQLReplaceStatement replace) {
            return List.of(rows.replace(replace));
        }
        if (statement instanceof MySqlUpdateStatement update) {
            return List.of(rows.update(update));
        }
        if (statement instanceof MySqlDeleteStatement delete) {
            return List.of(rows.delete(delete));
        }
        if (statement instanceof SQLSelectStatement select) {
            return List.of(new RowOperation.ReadRows(reads(select.getSelect())));
        }
        boolean shows = statement instanceof SQLShowStatement || statement instanceof MySqlExplainStatement;
        return shows ? List.of(new RowOperation.ReadRows(Reads.NOTHING)) : List.of();
    }

    private Reads reads(SQLObject part) {
        return new QueryReads(names, declared).read(part).found();
    }

    private List<Operation> ofSession(SQLStatement statement) {
        if (statement instanceof SQLUseStatement use) {
            return List.of(new SessionOperation.UseDatabase(Names.plain(use.getDatabase())));
        }
        if (statement instanceof SQLSetStatement set) {
            return List.of(set(set));
        }
        if (statement instanceof SQLCallStatement call) {
            ObjectName procedure = names.object(call.getProcedureName());
            Reads reads =
                    new QueryReads(names, declared).read(call.getParameters()).found();
            return List.of(new UndecidedOperation.CallProcedure(procedure, reads));
        }
        if (statement instanceof MySqlPrepareStatement prepare) {
            return List.of(new SessionOperation.PrepareStatement(Names.plain(prepare.getName())));
        }
        if (statement instanceof MysqlDeallocatePrepareStatement deallocate) {
            return List.of(new SessionOperation.PrepareStatement(Names.plain(deallocate.getStatementName())));
        }
        if (statement instanceof MySqlExecuteStatement execute) {
            return List.of(new UndecidedOperation.ExecutePrepared(Names.plain(execute.getStatementName())));
        }
        if (TRANSACTIONS.contains(statement.getClass())) {
            return List.of(new SessionOperation.ControlTransaction(text.sql().strip()));
        }
        return List.of();
    }

    private Operation set(SQLSetStatement set) {
        if (set.getMaridbSetForStatement() != null) {
            throw new Undecided("SET STATEMENT ... FOR is not looked into");
        }
        Set<String> variables = new LinkedHashSet<>();
        boolean global = set.getOption() == SQLSetStatement.Option.GLOBAL;
        QueryReads reads = new QueryReads(names, declared);
        for (SQLAssignItem item : set.getItems()) {
            String name = item.getTarget().toString().toLowerCase(Locale.ROOT);
            variables.add(name.replaceFirst("^@@(global|session|local|persist)\\.", ""));
            boolean ofServer = item.getTarget() instanceof SQLVariantRefExpr variable && variable.isGlobal();
            global |= ofServer || name.startsWith("@@global.") || name.startsWith("@@persist");
            if (name.startsWith("@") && !name.startsWith("@@")) {
                reads.read(item.getValue());
            }
        }
        return new SessionOperation.SetVariables(variables, global, reads.found());
    }

    private List<Operation> ofMaintenance(SQLStatement statement) {
        List<SQLExprTableSource> tables = statement instanceof MySqlAnalyzeStatement analyze
                ? analyze.getTableSources()
                : statement instanceof MySqlOptimizeStatement optimize
                        ? optimize.getTableSources()
                        : statement instanceof MySqlCheckTableStatement check ? check.getTables() : List.of();
        return tables.stream()
                .<Operation>map(table -> new TableOperation.MaintainTable(names.table(table)))
                .toList();
    }

    private static Operation other(SQLStatement statement) {
        String kind = statement.getClass().getSimpleName();
        return new UndecidedOperation.Other(kind.replaceAll("(?i)^(my)?sql|Statement$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT));
    }
}
