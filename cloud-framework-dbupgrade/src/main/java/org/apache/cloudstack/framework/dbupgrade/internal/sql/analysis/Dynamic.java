package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLCallStatement;
import com.alibaba.druid.sql.ast.statement.SQLCreateProcedureStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlExecuteStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;

/** Reads what calls and prepared statements do, where the script shows it; of other statements it learns what they leave. */
record Dynamic(KnownProcedures procedures, Names names, KnownValues values) {

    ProcedureRun.Effect effect(SQLStatement statement, List<Operation> written) {
        if (statement instanceof SQLCallStatement call) {
            return call(call, (UndecidedOperation.CallProcedure) written.get(0));
        }
        if (statement instanceof MySqlExecuteStatement execute) {
            return new ProcedureRun.Effect(execute(execute, written), false);
        }
        PreparedText.follow(statement, new ValueReader(values, names));
        boolean isOpen = written.stream().anyMatch(PreparedText::isUndecided);
        if (isOpen) {
            // a function may set variables
            values.forget();
        }
        return new ProcedureRun.Effect(narrowed(statement, written), false);
    }

    private ProcedureRun.Effect call(SQLCallStatement call, UndecidedOperation.CallProcedure written) {
        KnownValues before = values.copy();
        List<Operation> operations = new ArrayList<>();
        operations.add(new SessionOperation.CallKnown(written.procedure(), written.reads()));
        try {
            ProcedureRun.Effect effect = ProcedureRun.of(call, procedures, names, values);
            operations.addAll(effect.operations());
            return new ProcedureRun.Effect(operations, effect.definesByData());
        } catch (Undecided | com.alibaba.druid.sql.parser.ParserException e) {
            values.forget();
            Optional<List<Operation>> declared = declared(call, written.procedure(), new ValueReader(before, names));
            declared.ifPresent(operations::addAll);
            return new ProcedureRun.Effect(declared.isPresent() ? operations : List.of(written), false);
        }
    }

    /** What the procedure's author says that a call stands for. */
    private Optional<List<Operation>> declared(SQLCallStatement call, ObjectName procedure, ValueReader reader) {
        List<String> statements = procedures.declared(procedure);
        List<Operation> operations = new ArrayList<>();
        for (String statement : statements) {
            Optional<String> text = Optional.of(statement);
            List<SQLExpr> arguments = call.getParameters();
            for (int i = 0; i < arguments.size(); i++) {
                String place = "{" + (i + 1) + "}";
                Optional<String> argument = reader.read(arguments.get(i)).flatMap(KnownValue::single);
                text = text.flatMap(known -> known.contains(place)
                        ? argument.map(value -> known.replace(place, value))
                        : Optional.of(known));
            }
            if (text.isEmpty()) {
                return Optional.empty();
            }
            operations.addAll(PreparedText.read(text.get(), names));
        }
        boolean isDecided = !statements.isEmpty() && operations.stream().noneMatch(PreparedText::isUndecided);
        return isDecided ? Optional.of(operations) : Optional.empty();
    }

    private List<Operation> execute(MySqlExecuteStatement execute, List<Operation> written) {
        Optional<KnownValue> text = values.prepared(execute.getStatementName().toString());
        if (text.isEmpty()) {
            values.forget();
            return written;
        }
        // which text it is was decided before, and is not decided again when it runs again
        List<Operation> operations = new ArrayList<>();
        text.get().texts().forEach(each -> operations.addAll(PreparedText.read(each, names)));
        boolean isOneOfSeveral = text.get().texts().size() > 1;
        if (operations.stream().anyMatch(PreparedText::isUndecided)
                || isOneOfSeveral
                        && !operations.stream()
                                .map(each -> GuardedOperation.of(each, GuardedOperation.ALL))
                                .allMatch(GuardedOperation::leavesOneState)) {
            values.forget();
            return written;
        }
        return operations;
    }

    /** The one text with an effect that a prepared statement can run; empty when there are several, or they are not known. */
    Optional<String> executed(SQLStatement statement) {
        if (!(statement instanceof MySqlExecuteStatement execute)) {
            return Optional.empty();
        }
        List<String> texts =
                values.prepared(execute.getStatementName().toString()).map(KnownValue::texts).orElse(Set.of()).stream()
                        .filter(text -> PreparedText.read(text, names).stream()
                                .anyMatch(operation -> !(operation instanceof RowOperation.ReadRows)))
                        .toList();
        return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
    }

    /** A query that chooses between known strings by the catalogue reads no definitions but those that the strings change. */
    private List<Operation> narrowed(SQLStatement statement, List<Operation> written) {
        if (written.size() != 1) {
            return written;
        }
        if (statement instanceof SQLSelectStatement select
                && select.getSelect().getQueryBlock() != null
                && select.getSelect().getQueryBlock().getInto() != null) {
            String target =
                    select.getSelect().getQueryBlock().getInto().getExpr().toString();
            return reads(select.getSelect(), target)
                    .<List<Operation>>map(reads -> List.of(new RowOperation.ReadRows(reads)))
                    .orElse(written);
        }
        if (statement instanceof SQLSetStatement set
                && set.getItems().size() == 1
                && written.get(0) instanceof SessionOperation.SetVariables variables) {
            return reads(
                            set.getItems().get(0).getValue(),
                            set.getItems().get(0).getTarget().toString())
                    .<List<Operation>>map(reads ->
                            List.of(new SessionOperation.SetVariables(variables.names(), variables.global(), reads)))
                    .orElse(written);
        }
        return written;
    }

    private Optional<Reads> reads(SQLObject expression, String target) {
        return values.get(target).flatMap(value -> {
            CatalogueQuestion question = CatalogueQuestion.of(expression, names, Set.of(), values);
            Set<String> words = new HashSet<>(Set.of(names.schema().toLowerCase(Locale.ROOT)));
            value.texts().forEach(text -> words.addAll(CatalogueQuestion.words(text)));
            return question.isOnCatalogue() ? Optional.of(question.beside(words)) : Optional.empty();
        });
    }

    /** The procedures that are known after a statement. */
    KnownProcedures proceduresAfter(SQLStatement statement, List<Operation> operations) {
        KnownProcedures known = procedures;
        for (Operation operation : operations) {
            if (operation instanceof ObjectOperation.DropRoutine drop) {
                known = known.without(drop.name());
            } else if (operation instanceof ObjectOperation.CreateRoutine create
                    && create.kind() == ObjectOperation.RoutineKind.PROCEDURE) {
                known = known.without(create.name());
                if (statement instanceof SQLCreateProcedureStatement procedure && procedure.getBlock() != null) {
                    known = known.with(new KnownProcedures.Procedure(
                            create.name(), procedure.getParameters(), procedure.getBlock()));
                }
            }
        }
        return known;
    }
}
