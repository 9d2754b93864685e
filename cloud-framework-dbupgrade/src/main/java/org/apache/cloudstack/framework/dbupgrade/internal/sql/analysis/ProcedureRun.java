package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLParameter;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLAssignItem;
import com.alibaba.druid.sql.ast.statement.SQLBlockStatement;
import com.alibaba.druid.sql.ast.statement.SQLCallStatement;
import com.alibaba.druid.sql.ast.statement.SQLIfStatement;
import com.alibaba.druid.sql.ast.statement.SQLLeaveStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlCaseStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareConditionStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareHandlerStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlDeclareStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.clause.MySqlLeaveStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlExecuteStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one call of a known procedure does: its body, with the arguments and what becomes of them. No condition is decided;
 * what every branch does is among the operations, where it leaves the same whether it runs or finds its work done. What it cannot
 * follow makes the call undecided.
 */
final class ProcedureRun {

    private static final int DEEPEST = 8;
    private static final Set<Class<? extends SQLStatement>> WITHOUT_EFFECT =
            Set.of(SQLLeaveStatement.class, MySqlLeaveStatement.class, MySqlDeclareConditionStatement.class);

    /**
     * What a call does.
     *
     * @param operations what it does, in order, and what its conditions read
     * @param definesByData whether it changes definitions depending on what is in tables
     */
    record Effect(List<Operation> operations, boolean definesByData) {}

    private final KnownProcedures procedures;
    private final Names names;
    private final int depth;
    private final Set<String> declared = new HashSet<>();
    private final List<Operation> operations;
    private final List<CatalogueQuestion> questions;
    private final Set<String> words;
    private KnownValues values;
    private Set<Integer> swallowed = Set.of();
    private boolean mayBeSkipped;

    private ProcedureRun(
            KnownProcedures procedures, KnownProcedures.Procedure procedure, @Nullable ProcedureRun caller) {
        this.procedures = procedures;
        this.names = new Names(procedure.name().schema());
        this.depth = caller == null ? 0 : caller.depth + 1;
        this.operations = caller == null ? new ArrayList<>() : caller.operations;
        this.questions = caller == null ? new ArrayList<>() : caller.questions;
        this.words = caller == null ? new LinkedHashSet<>() : caller.words;
        this.values = new KnownValues();
        if (caller != null) {
            swallowed = caller.swallowed;
            mayBeSkipped = caller.mayBeSkipped;
        }
    }

    /**
     * Reads a call.
     *
     * @param session what is known of the session, which the call may change
     * @throws Undecided when it cannot be followed
     */
    static Effect of(SQLCallStatement call, KnownProcedures procedures, Names names, KnownValues session) {
        KnownProcedures.Procedure procedure = procedure(call, procedures, names);
        ProcedureRun run = new ProcedureRun(procedures, procedure, null);
        run.run(procedure, call, new ValueReader(session, names));
        run.words.add(names.schema().toLowerCase(Locale.ROOT));
        Reads read = run.questions.stream()
                .map(question -> question.beside(run.words))
                .reduce(Reads.NOTHING, Reads::plus);
        List<Operation> all = new ArrayList<>(List.of(new RowOperation.ReadRows(read)));
        all.addAll(run.operations);
        boolean defines = run.operations.stream()
                .anyMatch(operation -> !(operation instanceof RowOperation || operation instanceof SessionOperation));
        return new Effect(all, defines && run.questions.stream().anyMatch(CatalogueQuestion::isOnRows));
    }

    private static KnownProcedures.Procedure procedure(SQLCallStatement call, KnownProcedures procedures, Names names) {
        ObjectName name = names.object(call.getProcedureName());
        return procedures
                .find(name)
                .filter(found ->
                        found.parameters().size() == call.getParameters().size())
                .orElseThrow(() -> new Undecided("what the procedure " + name + " does is not known"));
    }

    private void run(KnownProcedures.Procedure procedure, SQLCallStatement call, ValueReader caller) {
        if (depth > DEEPEST) {
            throw new Undecided("procedures call each other too deep");
        }
        KnownValues session = caller.values();
        values = session.ofSession();
        List<SQLExpr> arguments = call.getParameters();
        for (int i = 0; i < arguments.size(); i++) {
            SQLParameter parameter = procedure.parameters().get(i);
            declare(
                    Names.plain(parameter.getName()),
                    isOut(parameter) ? Optional.empty() : caller.read(arguments.get(i)));
        }
        read(procedure.body());
        session.takeSession(values);
        for (int i = 0; i < arguments.size(); i++) {
            if (isOut(procedure.parameters().get(i))) {
                session.set(arguments.get(i).toString(), Optional.empty());
            }
        }
    }

    private static boolean isOut(SQLParameter parameter) {
        return parameter.getParamType() == SQLParameter.ParameterType.OUT
                || parameter.getParamType() == SQLParameter.ParameterType.INOUT;
    }

    private void declare(String name, Optional<KnownValue> value) {
        declared.add(name.toLowerCase(Locale.ROOT));
        values.set(name, value);
    }

    private void refuseShadow(String name) {
        if (declared.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Undecided("it declares " + name + " twice");
        }
    }

    private ValueReader reader() {
        return new ValueReader(values, names);
    }

    private void read(SQLStatement statement) {
        if (statement instanceof SQLBlockStatement block) {
            readBlock(block);
        } else if (statement instanceof MySqlDeclareStatement declare) {
            declare.getVarList().forEach(item -> {
                ask(item.getValue());
                refuseShadow(Names.plain(item.getName()));
                declare(
                        Names.plain(item.getName()),
                        item.getValue() == null ? Optional.of(KnownValue.NULL) : reader().read(item.getValue()));
            });
        } else if (statement instanceof MySqlDeclareHandlerStatement handler) {
            readHandler(handler);
        } else if (statement instanceof SQLIfStatement || statement instanceof MySqlCaseStatement) {
            readChoice(statement);
        } else if (statement instanceof SQLSetStatement set) {
            set.getItems().forEach(item -> readAssignment(item));
            keep(set);
        } else if (statement instanceof SQLCallStatement call) {
            KnownProcedures.Procedure procedure = procedure(call, procedures, names);
            new ProcedureRun(procedures, procedure, this).run(procedure, call, reader());
        } else if (statement instanceof MySqlExecuteStatement execute) {
            execute(execute);
        } else if (!WITHOUT_EFFECT.contains(statement.getClass())) {
            readLeaf(statement);
        }
    }

    /** A handler is one of its block. */
    private void readBlock(SQLBlockStatement block) {
        Set<Integer> outside = swallowed;
        block.getParameters().forEach(parameter -> declare(Names.plain(parameter.getName()), Optional.empty()));
        block.getStatementList().forEach(this::read);
        swallowed = outside;
    }

    /** What a handler sets, it may set at any time. */
    private void readHandler(MySqlDeclareHandlerStatement handler) {
        SQLStatement body = handler.getSpStatement();
        List<SQLStatement> statements =
                body instanceof SQLBlockStatement block ? block.getStatementList() : List.of(body);
        for (SQLStatement each : statements) {
            if (!(each instanceof SQLSetStatement set)) {
                if (!isSelect(each)) {
                    throw new Undecided("a handler does more than to set variables");
                }
                continue;
            }
            set.getItems().forEach(item -> {
                ask(item.getValue());
                values.spoil(item.getTarget().toString());
            });
            keep(set);
        }
        Set<Integer> all = new HashSet<>(swallowed);
        all.addAll(GuardedOperation.errorsOf(handler.getConditionValues()));
        swallowed = all;
    }

    private static boolean isSelect(SQLStatement statement) {
        return statement instanceof SQLSelectStatement select
                && select.getSelect().getQueryBlock() != null
                && select.getSelect().getQueryBlock().getInto() == null;
    }

    private void readChoice(SQLStatement statement) {
        List<KnownValues> ends = new ArrayList<>();
        boolean isComplete;
        if (statement instanceof SQLIfStatement choice) {
            readBranch(choice.getCondition(), choice.getStatements(), ends);
            choice.getElseIfList().forEach(other -> readBranch(other.getCondition(), other.getStatements(), ends));
            isComplete = readElse(choice.getElseItem(), ends);
        } else {
            MySqlCaseStatement choice = (MySqlCaseStatement) statement;
            ask(choice.getCondition());
            choice.getWhenList().forEach(when -> readBranch(when.getCondition(), when.getStatements(), ends));
            isComplete = readElse(choice.getElseItem(), ends);
        }
        if (!isComplete) {
            ends.add(values);
        }
        values = KnownValues.merged(ends);
    }

    private boolean readElse(SQLIfStatement.@Nullable Else other, List<KnownValues> ends) {
        if (other != null) {
            readBranch(null, other.getStatements(), ends);
        }
        return other != null;
    }

    /** Where the catalogue is asked whether something is there, the branch is as guarded as by a handler. */
    private void readBranch(@Nullable SQLObject condition, List<SQLStatement> statements, List<KnownValues> ends) {
        KnownValues before = values;
        Set<Integer> outside = swallowed;
        boolean wasSkipped = mayBeSkipped;
        ask(condition);
        mayBeSkipped = true;
        swallowed = asksTheCatalogueOnly() ? GuardedOperation.ALL : outside;
        values = before.copy();
        statements.forEach(this::read);
        ends.add(values);
        values = before;
        swallowed = outside;
        mayBeSkipped = wasSkipped;
    }

    private boolean asksTheCatalogueOnly() {
        return questions.stream().anyMatch(CatalogueQuestion::isOnCatalogue)
                && questions.stream().noneMatch(CatalogueQuestion::isOnRows);
    }

    private void ask(@Nullable SQLObject expression) {
        if (expression != null) {
            questions.add(CatalogueQuestion.of(expression, names, declared, values));
        }
    }

    private void readAssignment(SQLAssignItem item) {
        ask(item.getValue());
        values.set(item.getTarget().toString(), reader().read(item.getValue()));
    }

    private void execute(MySqlExecuteStatement execute) {
        KnownValue text = values.prepared(execute.getStatementName().toString())
                .orElseThrow(() -> new Undecided("it runs dynamic SQL"));
        Set<Integer> outside = swallowed;
        boolean wasSkipped = mayBeSkipped;
        if (text.texts().size() > 1) {
            mayBeSkipped = true;
            swallowed = asksTheCatalogueOnly() ? GuardedOperation.ALL : outside;
        }
        text.texts().forEach(each -> keep(PreparedText.read(each, names), each));
        swallowed = outside;
        mayBeSkipped = wasSkipped;
    }

    private void readLeaf(SQLStatement statement) {
        PreparedText.follow(statement, reader());
        if (statement instanceof SQLSelectStatement select && !isSelect(select)) {
            ask(select.getSelect());
        } else {
            keep(statement);
        }
    }

    private void keep(SQLStatement statement) {
        ReadableText text = new ReadableText("", Set.of());
        keep(new StatementReader(names, text, declared).read(statement), statement.toString());
    }

    private void keep(List<Operation> found, String text) {
        words.addAll(CatalogueQuestion.words(text));
        found.forEach(operation -> {
            if (PreparedText.isUndecided(operation)) {
                throw new Undecided("its body holds what cannot be decided");
            }
            Operation guarded = GuardedOperation.of(operation, swallowed);
            if (mayBeSkipped && !GuardedOperation.leavesOneState(guarded)) {
                throw new Undecided("it runs DDL under a condition");
            }
            operations.add(guarded);
        });
    }
}
