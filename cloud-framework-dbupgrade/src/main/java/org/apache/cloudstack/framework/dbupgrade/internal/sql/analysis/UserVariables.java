package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.ast.statement.SQLAssignItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlPrepareStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Follows through a script which variables hold what a query found, and which prepared statement was made of which. */
final class UserVariables {

    private final Set<String> fromQueries = new HashSet<>();
    private final Map<String, String> prepared = new HashMap<>();

    void follow(SQLStatement statement, Names names) {
        if (statement instanceof SQLSetStatement set) {
            for (SQLAssignItem item : set.getItems()) {
                follow(variable(item.getTarget()), item.getValue(), names);
            }
        } else if (statement instanceof SQLSelectStatement select
                && select.getSelect().getQueryBlock() != null
                && select.getSelect().getQueryBlock().getInto() != null) {
            fromQueries.add(
                    variable(select.getSelect().getQueryBlock().getInto().getExpr()));
        } else if (statement instanceof MySqlPrepareStatement prepare) {
            String source = prepare.getFrom() instanceof SQLVariantRefExpr ? variable(prepare.getFrom()) : "";
            prepared.put(Names.plain(prepare.getName()).toLowerCase(Locale.ROOT), source);
        }
    }

    private void follow(String target, SQLObject value, Names names) {
        QueryReads reads = new QueryReads(names).read(value);
        boolean fromQuery =
                !reads.tables().isEmpty() || reads.variables().stream().anyMatch(fromQueries::contains);
        if (fromQuery) {
            fromQueries.add(target);
        } else {
            fromQueries.remove(target);
        }
    }

    /** Where the text of a prepared statement comes from, in words. */
    String sourceOf(String statement) {
        String source = prepared.getOrDefault(statement.toLowerCase(Locale.ROOT), "");
        return source.isEmpty() ? statement : "what " + source + " holds";
    }

    /** Whether the text of a prepared statement depends on what a query found. */
    boolean dependsOnRows(String statement) {
        return fromQueries.contains(prepared.getOrDefault(statement.toLowerCase(Locale.ROOT), ""));
    }

    private static String variable(SQLObject expression) {
        return expression.toString().toLowerCase(Locale.ROOT);
    }
}
