package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLCaseExpr;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLNumberExpr;
import com.alibaba.druid.sql.ast.expr.SQLQueryExpr;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.dialect.mysql.visitor.MySqlASTVisitorAdapter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds the strings that an expression can have: every branch of a condition is possible. */
record ValueReader(KnownValues values, Names names) {

    Optional<KnownValue> read(@Nullable SQLObject expression) {
        if (expression instanceof SQLCharExpr text) {
            return Optional.of(KnownValue.of(text.getText()));
        }
        if (expression instanceof SQLIntegerExpr || expression instanceof SQLNumberExpr) {
            return Optional.of(KnownValue.of(expression.toString()));
        }
        if (expression instanceof SQLBooleanExpr truth) {
            return Optional.of(KnownValue.of(truth.getBooleanValue() ? "1" : "0"));
        }
        if (expression instanceof SQLNullExpr) {
            return Optional.of(KnownValue.NULL);
        }
        if (expression instanceof SQLIdentifierExpr name) {
            return values.get(name.getName());
        }
        if (expression instanceof SQLVariantRefExpr variable) {
            return variable.getName().startsWith("@@") ? Optional.empty() : values.get(variable.getName());
        }
        if (expression instanceof SQLMethodInvokeExpr call && call.getOwner() == null) {
            return call(call);
        }
        if (expression instanceof SQLCaseExpr choice) {
            return choice(choice);
        }
        return expression instanceof SQLQueryExpr query
                        && query.getSubQuery().getQuery() instanceof SQLSelectQueryBlock block
                ? selected(block)
                : Optional.empty();
    }

    /** The one item of a query; without a row of a table, there is none. */
    Optional<KnownValue> selected(SQLSelectQueryBlock block) {
        if (block.getSelectList().size() != 1) {
            return Optional.empty();
        }
        Optional<KnownValue> item = read(block.getSelectList().get(0).getExpr());
        return findsOneRow(block) ? item : KnownValue.either(item, Optional.of(KnownValue.NULL));
    }

    /** Whether a query finds one row whatever tables hold: it names none, or aggregates. */
    static boolean findsOneRow(SQLSelectQueryBlock block) {
        if (block.getGroupBy() != null || block.getLimit() != null) {
            return false;
        }
        Aggregates aggregates = new Aggregates();
        block.getSelectList().forEach(item -> item.accept(aggregates));
        return aggregates.found || block.getFrom() == null && block.getWhere() == null;
    }

    private static final class Aggregates extends MySqlASTVisitorAdapter {

        private boolean found;

        @Override
        public boolean visit(SQLAggregateExpr aggregate) {
            found = true;
            return false;
        }

        @Override
        public boolean visit(SQLSelect subquery) {
            return false;
        }
    }

    private Optional<KnownValue> call(SQLMethodInvokeExpr call) {
        List<SQLExpr> arguments = call.getArguments();
        return switch (call.getMethodName().toLowerCase(Locale.ROOT)) {
            case "concat" -> arguments.isEmpty() ? Optional.empty() : joined(arguments, "");
            case "concat_ws" -> separated(arguments);
            case "if" ->
                arguments.size() == 3
                        ? KnownValue.either(read(arguments.get(1)), read(arguments.get(2)))
                        : Optional.empty();
            case "ifnull", "coalesce" -> firstPresent(arguments);
            case "upper", "ucase" -> changed(arguments, text -> text.toUpperCase(Locale.ROOT));
            case "lower", "lcase" -> changed(arguments, text -> text.toLowerCase(Locale.ROOT));
            case "database", "schema" ->
                arguments.isEmpty() && !names.schema().isEmpty()
                        ? Optional.of(KnownValue.of(names.schema()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<KnownValue> joined(List<SQLExpr> parts, String separator) {
        Optional<KnownValue> text = read(parts.get(0));
        for (SQLExpr part : parts.subList(1, parts.size())) {
            Optional<KnownValue> next = read(part);
            text = text.flatMap(known -> next.flatMap(more -> known.with(more, (a, b) -> a + separator + b)));
        }
        return text;
    }

    /** A part that is {@code NULL} is left out, which is not followed. */
    private Optional<KnownValue> separated(List<SQLExpr> arguments) {
        if (arguments.size() < 2) {
            return Optional.empty();
        }
        return read(arguments.get(0))
                .flatMap(KnownValue::single)
                .flatMap(separator -> joined(arguments.subList(1, arguments.size()), separator))
                .filter(text -> !text.mayBeNull());
    }

    private Optional<KnownValue> firstPresent(List<SQLExpr> arguments) {
        Optional<KnownValue> value = Optional.of(KnownValue.NULL);
        for (SQLExpr argument : arguments) {
            Optional<KnownValue> next = read(argument);
            value = value.flatMap(known -> known.mayBeNull()
                    ? KnownValue.either(Optional.of(new KnownValue(known.texts(), false)), next)
                    : Optional.of(known));
        }
        return value;
    }

    private Optional<KnownValue> changed(List<SQLExpr> arguments, UnaryOperator<String> change) {
        return arguments.size() == 1
                ? read(arguments.get(0))
                        .flatMap(value -> value.with(KnownValue.of(""), (text, none) -> change.apply(text)))
                : Optional.empty();
    }

    private Optional<KnownValue> choice(SQLCaseExpr choice) {
        Optional<KnownValue> value =
                choice.getElseExpr() == null ? Optional.of(KnownValue.NULL) : read(choice.getElseExpr());
        for (SQLCaseExpr.Item item : choice.getItems()) {
            value = KnownValue.either(value, read(item.getValueExpr()));
        }
        return value;
    }
}
