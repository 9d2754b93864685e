package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExprGroup;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLInListExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLNumberExpr;
import com.alibaba.druid.sql.ast.statement.SQLUpdateSetItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Value;
import org.jspecify.annotations.Nullable;

/** Reads which rows a condition can mean: the columns that it compares with literals, all of which must hold. */
final class WhereClause {

    private final Map<String, List<Value>> values = new HashMap<>();

    private WhereClause() {}

    /** The rows before and after a change: a column that is set to a literal holds either value, else anything. */
    static RowSelection selectionOf(@Nullable SQLExpr condition, List<SQLUpdateSetItem> changes) {
        WhereClause where = new WhereClause();
        where.add(condition);
        for (SQLUpdateSetItem change : changes) {
            String column = Names.column(change.getColumn()).toLowerCase(Locale.ROOT);
            Value value = value(change.getValue());
            where.values.computeIfPresent(column, (any, before) -> value.literal() ? joined(before, value) : null);
        }
        return new RowSelection(where.values, false);
    }

    private static List<Value> joined(List<Value> before, Value after) {
        List<Value> both = new ArrayList<>(before);
        both.add(after);
        return both;
    }

    private void add(@Nullable SQLExpr condition) {
        if (condition instanceof SQLBinaryOpExprGroup group && group.getOperator() == SQLBinaryOperator.BooleanAnd) {
            group.getItems().forEach(this::add);
        } else if (condition instanceof SQLBinaryOpExpr pair && pair.getOperator() == SQLBinaryOperator.BooleanAnd) {
            add(pair.getLeft());
            add(pair.getRight());
        } else if (condition instanceof SQLBinaryOpExpr pair && pair.getOperator() == SQLBinaryOperator.Equality) {
            add(pair.getLeft(), List.of(pair.getRight()));
            add(pair.getRight(), List.of(pair.getLeft()));
        } else if (condition instanceof SQLInListExpr in && !in.isNot()) {
            add(in.getExpr(), in.getTargetList());
        }
    }

    private void add(SQLExpr column, List<SQLExpr> literals) {
        List<Value> read = literals.stream().map(WhereClause::value).toList();
        if (column instanceof SQLName name && !read.isEmpty() && read.stream().allMatch(Value::literal)) {
            values.putIfAbsent(Names.plain(name).toLowerCase(Locale.ROOT), read);
        }
    }

    static Value value(SQLExpr expression) {
        if (expression.getClass() == SQLCharExpr.class) {
            return new Value(((SQLCharExpr) expression).getText(), Value.Kind.STRING);
        }
        if (expression instanceof SQLIntegerExpr || expression instanceof SQLNumberExpr) {
            return new Value(expression.toString(), Value.Kind.NUMBER);
        }
        if (expression instanceof SQLBooleanExpr truth) {
            return new Value(truth.getBooleanValue() ? "1" : "0", Value.Kind.NUMBER);
        }
        boolean isNull = expression instanceof SQLNullExpr;
        return new Value(
                DefinitionReader.text(expression).orElse(""), isNull ? Value.Kind.NULL : Value.Kind.EXPRESSION);
    }
}
