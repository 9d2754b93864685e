package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLCurrentTimeExpr;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLUnionQuery;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlDeleteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlSelectQueryBlock;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUpdateStatement;
import com.alibaba.druid.sql.dialect.mysql.visitor.MySqlASTVisitorAdapter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds what makes a statement give another result on another run or another server, one sentence each. */
final class RunDependence extends MySqlASTVisitorAdapter {

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("now", "the time of the run"),
            Map.entry("sysdate", "the time of the run"),
            Map.entry("current_timestamp", "the time of the run"),
            Map.entry("current_date", "the day of the run"),
            Map.entry("current_time", "the time of the run"),
            Map.entry("localtime", "the time of the run"),
            Map.entry("localtimestamp", "the time of the run"),
            Map.entry("curdate", "the day of the run"),
            Map.entry("curtime", "the time of the run"),
            Map.entry("utc_timestamp", "the time of the run"),
            Map.entry("utc_date", "the day of the run"),
            Map.entry("utc_time", "the time of the run"),
            Map.entry("uuid", "another value each time"),
            Map.entry("uuid_short", "another value each time"),
            Map.entry("rand", "another value each time"),
            Map.entry("random_bytes", "another value each time"),
            Map.entry("user", "the account of the run"),
            Map.entry("current_user", "the account of the run"),
            Map.entry("session_user", "the account of the run"),
            Map.entry("system_user", "the account of the run"),
            Map.entry("connection_id", "the connection of the run"),
            Map.entry("version", "the version of the server"),
            Map.entry("last_insert_id", "an id that the server counted up"),
            Map.entry("row_count", "what the statement before did"),
            Map.entry("found_rows", "what the statement before found"));
    private static final Set<String> SERVER_VARIABLES = Set.of("hostname", "server_id", "server_uuid", "version");

    private final Set<String> reasons = new LinkedHashSet<>();

    static List<String> of(SQLObject statement) {
        RunDependence found = new RunDependence();
        statement.accept(found);
        return List.copyOf(found.reasons);
    }

    @Override
    public boolean visit(SQLMethodInvokeExpr call) {
        String name = call.getMethodName().toLowerCase(Locale.ROOT);
        if (name.equals("unix_timestamp") && call.getArguments().isEmpty()) {
            add("unix_timestamp", "the time of the run");
        }
        addFunction(name);
        return true;
    }

    @Override
    public boolean visit(SQLCurrentTimeExpr time) {
        addFunction(time.getType().name().toLowerCase(Locale.ROOT));
        return true;
    }

    @Override
    public boolean visit(SQLIdentifierExpr identifier) {
        if (identifier.getName().equalsIgnoreCase("current_user")) {
            addFunction("current_user");
        }
        return true;
    }

    @Override
    public boolean visit(SQLVariantRefExpr variable) {
        String name = variable.getName().toLowerCase(Locale.ROOT);
        if (SERVER_VARIABLES.contains(name.replaceFirst("^@@(global\\.|session\\.)?", "")) && name.startsWith("@@")) {
            reasons.add(variable.getName() + " is a property of the server");
        }
        return true;
    }

    @Override
    public boolean visit(MySqlSelectQueryBlock block) {
        if (block.getLimit() != null && block.getOrderBy() == null) {
            addLimit();
        }
        return true;
    }

    @Override
    public boolean visit(SQLUnionQuery union) {
        if (union.getLimit() != null && union.getOrderBy() == null) {
            addLimit();
        }
        return true;
    }

    @Override
    public boolean visit(MySqlUpdateStatement update) {
        if (update.getLimit() != null && update.getOrderBy() == null) {
            addLimit();
        }
        return true;
    }

    @Override
    public boolean visit(MySqlDeleteStatement delete) {
        if (delete.getLimit() != null && delete.getOrderBy() == null) {
            addLimit();
        }
        return true;
    }

    @Override
    public boolean visit(SQLBinaryOpExpr operation) {
        if (operation.getOperator() == SQLBinaryOperator.Assignment && !isOrdered(operation)) {
            reasons.add("a variable is counted up in whatever order the server reads the rows");
        }
        return true;
    }

    private static boolean isOrdered(SQLObject part) {
        for (SQLObject holder = part; holder != null; holder = holder.getParent()) {
            if (holder instanceof SQLSelectQueryBlock block) {
                return block.getOrderBy() != null || block.getFrom() == null;
            }
        }
        return false;
    }

    private void addFunction(String name) {
        String what = FUNCTIONS.get(name);
        if (what != null) {
            add(name, what);
        }
    }

    private void add(String name, String what) {
        reasons.add(name.toUpperCase(Locale.ROOT) + " gives " + what);
    }

    private void addLimit() {
        reasons.add("LIMIT without ORDER BY takes whichever rows the server reads first");
    }
}
