package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelectItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectQuery;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLUnionQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Value;
import org.jspecify.annotations.Nullable;

/** What the rows of a query have in each column, one list for each SELECT of a UNION. */
final class SelectedRows {

    private final List<List<Value>> rows = new ArrayList<>();
    private boolean isKnown = true;

    SelectedRows add(@Nullable SQLSelectQuery query) {
        if (query instanceof SQLUnionQuery union && union.getRelations().isEmpty()) {
            add(union.getLeft());
            add(union.getRight());
        } else if (query instanceof SQLUnionQuery union) {
            union.getRelations().forEach(this::add);
        } else if (query instanceof SQLSelectQueryBlock block) {
            List<SQLExpr> items =
                    block.getSelectList().stream().map(SQLSelectItem::getExpr).toList();
            isKnown &= items.stream().noneMatch(SelectedRows::isStar);
            rows.add(items.stream().map(WhereClause::value).toList());
        } else {
            isKnown = false;
        }
        return this;
    }

    /** The rows; none where a star hides what their columns are. */
    List<List<Value>> found() {
        return isKnown ? List.copyOf(rows) : List.of();
    }

    private static boolean isStar(SQLExpr item) {
        return item instanceof SQLAllColumnExpr
                || item instanceof SQLPropertyExpr property
                        && property.getName().equals("*");
    }
}
