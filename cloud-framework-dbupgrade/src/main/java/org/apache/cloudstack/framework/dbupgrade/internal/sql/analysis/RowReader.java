package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLInsertStatement;
import com.alibaba.druid.sql.ast.statement.SQLJoinTableSource;
import com.alibaba.druid.sql.ast.statement.SQLReplaceStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUpdateSetItem;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlDeleteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlInsertStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUpdateStatement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements that change rows.
 *
 * @param declared names that a routine declares, in lower case
 */
record RowReader(Names names, Set<String> declared) {

    QueryReads reads() {
        return new QueryReads(names, declared);
    }

    RowOperation insert(MySqlInsertStatement insert) {
        ObjectName table = names.table(insert.getTableSource());
        QueryReads reads = reads().read(insert.getQuery());
        insert.getValuesList().forEach(row -> reads.read(row.getValues()));
        Set<String> updated = new LinkedHashSet<>();
        if (!insert.getDuplicateKeyUpdate().isEmpty()) {
            reads.read(insert.getTableSource());
        }
        for (SQLExpr item : insert.getDuplicateKeyUpdate()) {
            if (item instanceof SQLBinaryOpExpr set && set.getOperator() == SQLBinaryOperator.Equality) {
                updated.add(Names.column(set.getLeft()));
                reads.read(set.getRight());
            } else {
                throw new Undecided("its ON DUPLICATE KEY UPDATE is not understood: " + item);
            }
        }
        RowOperation.OnDuplicate onDuplicate = !updated.isEmpty()
                ? RowOperation.OnDuplicate.UPDATE
                : insert.isIgnore() ? RowOperation.OnDuplicate.IGNORE : RowOperation.OnDuplicate.FAIL;
        return new RowOperation.InsertRows(
                table,
                columns(insert.getColumns()),
                rows(insert.getValuesList(), insert.getQuery()),
                onDuplicate,
                updated,
                reads.found());
    }

    RowOperation replace(SQLReplaceStatement replace) {
        QueryReads reads = reads().read(replace.getQuery());
        replace.getValuesList().forEach(row -> reads.read(row.getValues()));
        return new RowOperation.InsertRows(
                names.table(replace.getTableSource()),
                columns(replace.getColumns()),
                rows(
                        replace.getValuesList(),
                        replace.getQuery() == null ? null : replace.getQuery().getSubQuery()),
                RowOperation.OnDuplicate.REPLACE,
                Set.of(),
                reads.found());
    }

    RowOperation update(MySqlUpdateStatement update) {
        QueryReads reads = reads().read(update.getTableSource())
                .read(update.getFrom())
                .read(update.getItems())
                .read(update.getWhere())
                .read(update.getOrderBy());
        QueryReads targets = reads().read(update.getTableSource());
        Set<Reads.Column> written = new LinkedHashSet<>();
        for (SQLUpdateSetItem item : update.getItems()) {
            if (item.getColumn() == null) {
                throw new Undecided("it sets several columns at once");
            }
            written.addAll(targets.resolve(item.getColumn()));
        }
        RowSelection selection = reads.isOfOneTable()
                ? WhereClause.selectionOf(update.getWhere(), update.getItems())
                : RowSelection.any();
        return new RowOperation.UpdateRows(written, reads.found(), selection);
    }

    RowOperation delete(MySqlDeleteStatement delete) {
        SQLTableSource sources = delete.getUsing() != null ? delete.getUsing() : delete.getFrom();
        QueryReads reads = reads().read(sources == null ? delete.getTableSource() : sources)
                .read(delete.getWith())
                .read(delete.getWhere())
                .read(delete.getOrderBy());
        Set<ObjectName> tables = sources == null
                ? Set.of(names.table((SQLExprTableSource) delete.getTableSource()))
                : targets(delete.getTableSource(), reads);
        RowSelection selection =
                reads.isOfOneTable() ? WhereClause.selectionOf(delete.getWhere(), List.of()) : RowSelection.any();
        return new RowOperation.DeleteRows(tables, reads.found(), selection);
    }

    private Set<ObjectName> targets(@Nullable SQLTableSource source, QueryReads reads) {
        Set<ObjectName> targets = new LinkedHashSet<>();
        if (source instanceof SQLJoinTableSource join) {
            targets.addAll(targets(join.getLeft(), reads));
            targets.addAll(targets(join.getRight(), reads));
        } else if (source instanceof SQLExprTableSource target) {
            SQLExpr name = target.getExpr();
            boolean starred = name instanceof SQLPropertyExpr property
                    && property.getName().equals("*");
            SQLExpr owner = starred ? ((SQLPropertyExpr) name).getOwner() : name;
            targets.addAll(owner instanceof SQLIdentifierExpr ? reads.owners(owner) : Set.of(names.object(owner)));
        }
        if (targets.isEmpty()) {
            throw new Undecided("it does not say in a known way which tables it deletes from");
        }
        return targets;
    }

    private static List<String> columns(Collection<SQLExpr> columns) {
        return columns.stream().map(Names::column).toList();
    }

    private static List<List<Value>> rows(List<SQLInsertStatement.ValuesClause> rows, @Nullable SQLSelect query) {
        if (query != null && query.getWithSubQuery() == null) {
            return new SelectedRows().add(query.getQuery()).found();
        }
        return rows.stream()
                .map(row -> row.getValues().stream().map(WhereClause::value).toList())
                .toList();
    }
}
