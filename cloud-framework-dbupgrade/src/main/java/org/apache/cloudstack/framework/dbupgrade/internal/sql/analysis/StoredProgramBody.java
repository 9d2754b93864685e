package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLParameter;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLBlockStatement;
import com.alibaba.druid.sql.ast.statement.SQLCloseStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateFunctionStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateProcedureStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateTriggerStatement;
import com.alibaba.druid.sql.ast.statement.SQLFetchStatement;
import com.alibaba.druid.sql.ast.statement.SQLIfStatement;
import com.alibaba.druid.sql.ast.statement.SQLLeaveStatement;
import com.alibaba.druid.sql.ast.statement.SQLLoopStatement;
import com.alibaba.druid.sql.ast.statement.SQLOpenStatement;
import com.alibaba.druid.sql.ast.statement.SQLReturnStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.ast.statement.SQLWhileStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlCaseStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlCursorDeclareStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareConditionStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareHandlerStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlIterateStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlLeaveStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlRepeatStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCreateEventStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;
import org.jspecify.annotations.Nullable;

/** Reads what a stored program would touch when it runs: every branch, whatever its condition. */
final class StoredProgramBody {

    private static final Set<Class<? extends SQLStatement>> WITHOUT_EFFECT = Set.of(
            SQLOpenStatement.class,
            SQLCloseStatement.class,
            SQLFetchStatement.class,
            SQLLeaveStatement.class,
            MySqlLeaveStatement.class,
            MySqlIterateStatement.class,
            MySqlDeclareConditionStatement.class);

    private final Names names;
    private final Set<String> declared = new HashSet<>(Set.of("new", "old"));
    private Footprint footprint = Footprint.NONE;
    private boolean branches;
    private boolean changesDefinitions;

    private StoredProgramBody(Names names) {
        this.names = names;
    }

    /**
     * What a body touches.
     *
     * @param footprint empty when that cannot be determined
     * @param definesByData whether it changes definitions in a branch or by dynamic SQL, so that they depend on rows
     */
    record Reading(Optional<Footprint> footprint, boolean definesByData) {

        static final Reading NONE = new Reading(Optional.empty(), false);
    }

    /** Reads the body of a statement that creates a stored program; nothing of any other. */
    static Reading of(SQLStatement statement, Names names) {
        if (statement instanceof SQLCreateProcedureStatement create) {
            return new StoredProgramBody(names).read(create.getBlock(), create.getParameters());
        }
        if (statement instanceof SQLCreateFunctionStatement create) {
            return new StoredProgramBody(names).read(create.getBlock(), create.getParameters());
        }
        if (statement instanceof SQLCreateTriggerStatement create) {
            return new StoredProgramBody(names).read(create.getBody(), List.of());
        }
        if (statement instanceof MySqlCreateEventStatement create) {
            return new StoredProgramBody(names).read(create.getEventBody(), List.of());
        }
        return Reading.NONE;
    }

    private Reading read(@Nullable SQLStatement body, List<SQLParameter> parameters) {
        parameters.forEach(parameter -> declare(Names.plain(parameter.getName())));
        try {
            if (body == null) {
                throw new Undecided("the parser finds no body");
            }
            read(body);
            return new Reading(Optional.of(footprint), branches && changesDefinitions);
        } catch (Undecided e) {
            return new Reading(Optional.empty(), branches && changesDefinitions);
        }
    }

    private void read(SQLStatement statement) {
        if (statement instanceof SQLBlockStatement block) {
            block.getParameters().forEach(parameter -> declare(Names.plain(parameter.getName())));
            readAll(block.getStatementList());
        } else if (statement instanceof MySqlDeclareStatement declare) {
            declare.getVarList().forEach(item -> {
                declare(Names.plain(item.getName()));
                readExpression(item.getValue());
            });
        } else if (statement instanceof MySqlDeclareHandlerStatement handler) {
            branches = true;
            read(handler.getSpStatement());
        } else if (statement instanceof MySqlCursorDeclareStatement cursor) {
            readExpression(cursor.getSelect());
        } else if (statement instanceof SQLReturnStatement result) {
            readExpression(result.getExpr());
        } else if (statement instanceof SQLSetStatement set) {
            set.getItems().forEach(item -> readExpression(item.getValue()));
        } else if (!WITHOUT_EFFECT.contains(statement.getClass()) && !readBranches(statement)) {
            readLeaf(statement);
        }
    }

    private boolean readBranches(SQLStatement statement) {
        if (statement instanceof SQLIfStatement choice) {
            readBranch(choice.getCondition(), choice.getStatements());
            choice.getElseIfList().forEach(other -> readBranch(other.getCondition(), other.getStatements()));
            readElse(choice.getElseItem());
        } else if (statement instanceof MySqlCaseStatement choice) {
            readExpression(choice.getCondition());
            choice.getWhenList().forEach(when -> readBranch(when.getCondition(), when.getStatements()));
            readElse(choice.getElseItem());
        } else if (statement instanceof SQLWhileStatement loop) {
            readBranch(loop.getCondition(), loop.getStatements());
        } else if (statement instanceof MySqlRepeatStatement loop) {
            readBranch(loop.getCondition(), loop.getStatements());
        } else if (statement instanceof SQLLoopStatement loop) {
            readBranch(null, loop.getStatements());
        } else {
            return false;
        }
        return true;
    }

    private void readElse(SQLIfStatement.@Nullable Else other) {
        if (other != null) {
            readBranch(null, other.getStatements());
        }
    }

    private void readBranch(@Nullable SQLObject condition, List<SQLStatement> statements) {
        branches = true;
        readExpression(condition);
        readAll(statements);
    }

    private void readAll(List<SQLStatement> statements) {
        statements.forEach(this::read);
    }

    private void readLeaf(SQLStatement statement) {
        ReadableText text = new ReadableText("", Set.of());
        for (Operation operation : new StatementReader(names, text, declared).read(statement)) {
            boolean undecided = operation instanceof UndecidedOperation;
            changesDefinitions |= !(operation instanceof RowOperation || operation instanceof SessionOperation);
            if (undecided) {
                throw new Undecided("its body holds what cannot be decided");
            }
            footprint = footprint.plus(Footprint.of(operation));
        }
    }

    private void readExpression(@Nullable SQLObject expression) {
        RowOperation read = new RowOperation.ReadRows(
                new QueryReads(names, declared).read(expression).found());
        footprint = footprint.plus(Footprint.of(read));
    }

    private void declare(String name) {
        declared.add(name.toLowerCase(Locale.ROOT));
    }
}
