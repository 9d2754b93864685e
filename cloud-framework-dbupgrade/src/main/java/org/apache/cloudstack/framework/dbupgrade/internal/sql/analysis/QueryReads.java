package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLExistsExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLJoinTableSource;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLSubqueryTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUnionQueryTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUpdateSetItem;
import com.alibaba.druid.sql.ast.statement.SQLWithSubqueryClause;
import com.alibaba.druid.sql.dialect.mysql.visitor.MySqlASTVisitorAdapter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.jspecify.annotations.Nullable;

/**
 * Collects the tables, columns and functions that parts of one statement read. The whole statement is one scope: a
 * column without a table belongs to every table of the statement, and an alias used twice stands for both tables. So
 * nothing is missed, and something may be named that is not read.
 */
class QueryReads extends MySqlASTVisitorAdapter {

    private static final Set<String> NO_COLUMNS = Set.of("current_user", "dual", "on", "off", "true", "false");
    private static final Set<String> UNIT_FIRST = Set.of("timestampdiff", "timestampadd");

    private final Names names;
    private final Set<String> hidden;
    private final Map<String, Set<ObjectName>> byAlias = new HashMap<>();
    private final Set<String> derived = new HashSet<>();
    private final Set<String> withoutTable = new LinkedHashSet<>();
    private final Set<SQLPropertyExpr> withTable = new LinkedHashSet<>();
    private final Set<ObjectName> functions = new LinkedHashSet<>();
    private final Set<String> variables = new LinkedHashSet<>();
    private final Map<ObjectName, Integer> mentions = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    QueryReads(Names names) {
        this(names, Set.of());
    }

    /** Of a routine's body: names that it declares are no columns. */
    QueryReads(Names names, Set<String> declared) {
        this.names = names;
        this.hidden = declared;
    }

    QueryReads read(@Nullable SQLObject part) {
        if (part != null) {
            part.accept(this);
        }
        return this;
    }

    QueryReads read(@Nullable Collection<? extends SQLObject> parts) {
        if (parts != null) {
            parts.forEach(this::read);
        }
        return this;
    }

    Reads found() {
        Set<ObjectName> tables = tables();
        Set<Reads.Column> columns = new LinkedHashSet<>();
        for (String column : withoutTable) {
            tables.forEach(table -> columns.add(new Reads.Column(table, column)));
        }
        withTable.forEach(column -> columns.addAll(resolve(column)));
        return new Reads(tables, columns, functions);
    }

    /** The columns that are read for sure, rather than that they could be. */
    Set<Reads.Column> certain() {
        Set<Reads.Column> columns = new LinkedHashSet<>();
        if (isOfOneTable()) {
            withoutTable.stream().filter(column -> !given.contains(key(column))).forEach(column -> tables().forEach(
                            table -> columns.add(new Reads.Column(table, column))));
        }
        for (SQLPropertyExpr column : withTable) {
            Set<Reads.Column> owners = resolve(column);
            if (owners.size() == 1 && !isDerived(column.getOwner())) {
                columns.addAll(owners);
            }
        }
        return columns;
    }

    private boolean isDerived(SQLExpr owner) {
        return owner instanceof SQLIdentifierExpr alias && derived.contains(key(alias.getName()));
    }

    /** The names of all columns, whatever their tables. */
    Set<String> columnNames() {
        Set<String> columns = new LinkedHashSet<>(withoutTable);
        withTable.forEach(column -> columns.add(Names.plain(column.getName())));
        return columns;
    }

    /** The columns that an expression can mean. */
    Set<Reads.Column> resolve(SQLExpr column) {
        Set<Reads.Column> columns = new LinkedHashSet<>();
        String name = Names.column(column);
        Set<ObjectName> owners = column instanceof SQLPropertyExpr property ? owners(property.getOwner()) : tables();
        owners.forEach(table -> columns.add(new Reads.Column(table, name)));
        return columns;
    }

    /** The tables of an alias or a name. */
    Set<ObjectName> owners(SQLExpr owner) {
        if (owner instanceof SQLIdentifierExpr alias) {
            String key = key(alias.getName());
            Set<ObjectName> named = byAlias.get(key);
            if (named != null) {
                return withoutDerived(named);
            }
            return derived.contains(key) || hidden.contains(key) ? Set.of() : tables();
        }
        return owner instanceof SQLPropertyExpr ? Set.of(names.object(owner)) : Set.of();
    }

    Set<ObjectName> tables() {
        Set<ObjectName> tables = new LinkedHashSet<>();
        byAlias.values().forEach(tables::addAll);
        return withoutDerived(tables);
    }

    private Set<ObjectName> withoutDerived(Set<ObjectName> named) {
        Set<ObjectName> tables = new LinkedHashSet<>(named);
        tables.removeIf(table -> table.schema().equals(names.schema()) && derived.contains(key(table.name())));
        return tables;
    }

    /** Whether one table is named, and that once. */
    boolean isOfOneTable() {
        return mentions.size() == 1 && mentions.values().iterator().next() == 1 && derived.isEmpty();
    }

    Set<String> variables() {
        return variables;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very node, not one that reads the same
    public boolean visit(SQLExprTableSource source) {
        boolean into = source.getParent() instanceof SQLSelectQueryBlock block && block.getInto() == source;
        SQLExpr expression = source.getExpr();
        if (into || expression instanceof SQLVariantRefExpr) {
            return false;
        }
        if (!(expression instanceof SQLIdentifierExpr) && !(expression instanceof SQLPropertyExpr)) {
            addDerived(source.getAlias());
            return read(expression) == null;
        }
        ObjectName table = names.object(expression);
        if (!table.name().equalsIgnoreCase("dual")) {
            String alias = source.getAlias() == null ? table.name() : source.getAlias();
            byAlias.computeIfAbsent(key(alias), any -> new LinkedHashSet<>()).add(table);
            mentions.merge(table, 1, Integer::sum);
        }
        return false;
    }

    @Override
    public boolean visit(SQLJoinTableSource join) {
        if (join.isNatural() || join.getJoinType().name().contains("NATURAL")) {
            withoutTable.add(Reads.ALL_COLUMNS);
        }
        read(join.getUsing());
        return true;
    }

    @Override
    public boolean visit(SQLSubqueryTableSource source) {
        addDerived(source.getAlias());
        return true;
    }

    @Override
    public boolean visit(SQLUnionQueryTableSource source) {
        addDerived(source.getAlias());
        return true;
    }

    @Override
    public boolean visit(SQLWithSubqueryClause.Entry entry) {
        addDerived(entry.getAlias());
        return true;
    }

    @Override
    public boolean visit(SQLUpdateSetItem item) {
        read(item.getValue());
        return false;
    }

    @Override
    public boolean visit(SQLPropertyExpr column) {
        if (column.getOwner() instanceof SQLIdentifierExpr || column.getOwner() instanceof SQLPropertyExpr) {
            withTable.add(column);
        }
        return false;
    }

    @Override
    public boolean visit(SQLIdentifierExpr column) {
        String name = Names.plain(column.getName());
        if (!NO_COLUMNS.contains(key(name)) && !hidden.contains(key(name))) {
            withoutTable.add(name);
        }
        return false;
    }

    @Override
    public boolean visit(SQLSelectItem item) {
        if (item.getAlias() != null) {
            given.add(key(item.getAlias()));
        }
        return true;
    }

    @Override
    public boolean visit(SQLAllColumnExpr all) {
        boolean counted = all.getParent() instanceof SQLAggregateExpr
                || all.getParent() instanceof SQLMethodInvokeExpr
                || isOfExists(all);
        if (!counted && all.getOwner() == null) {
            withoutTable.add(Reads.ALL_COLUMNS);
        } else if (!counted) {
            withTable.add(new SQLPropertyExpr(all.getOwner(), Reads.ALL_COLUMNS));
        }
        return false;
    }

    /** Whether a row exists does not depend on its columns. */
    private static boolean isOfExists(SQLAllColumnExpr all) {
        return all.getParent() instanceof SQLSelectItem item
                && item.getParent() instanceof SQLSelectQueryBlock block
                && block.getParent() instanceof SQLSelect select
                && select.getParent() instanceof SQLExistsExpr;
    }

    @Override
    public boolean visit(SQLMethodInvokeExpr call) {
        String name = Names.plain(call.getMethodName());
        if (call.getOwner() instanceof SQLIdentifierExpr schema) {
            functions.add(new ObjectName(Names.plain(schema.getName()), name));
        } else if (!BuiltInFunctions.contains(name)) {
            functions.add(new ObjectName(names.schema(), name));
        }
        List<SQLExpr> arguments = call.getArguments();
        boolean unitFirst = UNIT_FIRST.contains(key(name)) && !arguments.isEmpty();
        read(unitFirst ? arguments.subList(1, arguments.size()) : arguments);
        read(call.getFrom());
        read(call.getFor());
        return false;
    }

    @Override
    public boolean visit(SQLVariantRefExpr variable) {
        if (variable.getName().startsWith("@") && !variable.getName().startsWith("@@")) {
            variables.add(key(variable.getName()));
        }
        return false;
    }

    private void addDerived(@Nullable String alias) {
        if (alias != null) {
            derived.add(key(alias));
        }
    }

    private static String key(String name) {
        return Names.plain(name).toLowerCase(Locale.ROOT);
    }
}
