package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation.AddColumn;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation.AddCheck;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/**
 * SQL that a developer wrote as text: what cannot be said in any better way. It is read inside a statement in which it may
 * stand, so that it cannot be more than it is meant to be.
 *
 * @param text the text
 */
record WrittenSql(String text) {

    /** What it does as a statement of its own. */
    List<Operation> operations() {
        Analysis analysis = new StatementAnalyzer()
                .analyze(List.of(new SqlStatement(1, 1, text)), "")
                .get(0);
        analysis.unknown().ifPresent(reason -> {
            throw new SchemaException("what '" + shown() + "' does cannot be determined: " + reason);
        });
        return analysis.operations();
    }

    /** As the condition of a check. */
    Expression condition() {
        return inside("ALTER TABLE `t` ADD CONSTRAINT `c` CHECK (" + text + ")", AddCheck.class, AddCheck::condition);
    }

    /** As what a generated column is made from. */
    Expression generation() {
        return inside(
                "ALTER TABLE `t` ADD COLUMN `c` int GENERATED ALWAYS AS (" + text + ") VIRTUAL",
                AddColumn.class,
                add -> add.definition().generated().orElseThrow(this::notAnExpression));
    }

    /** As the expression of a default. */
    void readDefault() {
        inside("ALTER TABLE `t` ADD COLUMN `c` int DEFAULT (" + text + ")", AddColumn.class, add -> add.definition()
                .defaultValue()
                .orElseThrow(this::notAnExpression));
    }

    private <T extends Operation, R> R inside(String statement, Class<T> type, Function<T, R> reading) {
        List<Operation> operations = reading(() -> new WrittenSql(statement).operations());
        if (operations.size() != 1 || !type.isInstance(operations.get(0))) {
            throw notAnExpression();
        }
        return reading.apply(type.cast(operations.get(0)));
    }

    private List<Operation> reading(Supplier<List<Operation>> operations) {
        try {
            return operations.get();
        } catch (SchemaException e) {
            throw notAnExpression();
        }
    }

    private SchemaException notAnExpression() {
        return new SchemaException("'" + shown() + "' cannot be read as one expression");
    }

    private String shown() {
        int longest = 60;
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
