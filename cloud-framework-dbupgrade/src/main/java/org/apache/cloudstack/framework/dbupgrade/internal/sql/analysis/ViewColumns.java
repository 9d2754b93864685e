package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLTableElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the names of a view's columns, in lower case. */
final class ViewColumns {

    private ViewColumns() {}

    /** Those that are listed, else those of the query; empty when they depend on what another table has. */
    static Optional<Set<String>> of(@Nullable List<? extends SQLTableElement> listed, @Nullable SQLSelect query) {
        Set<String> names = new LinkedHashSet<>();
        if (listed != null && !listed.isEmpty()) {
            for (SQLTableElement element : listed) {
                if (!(element instanceof SQLColumnDefinition column)) {
                    return Optional.empty();
                }
                names.add(lower(Names.plain(column.getName())));
            }
            return Optional.of(names);
        }
        SQLSelectQueryBlock block = query == null ? null : query.getFirstQueryBlock();
        if (block == null) {
            return Optional.empty();
        }
        for (SQLSelectItem item : block.getSelectList()) {
            Optional<String> name = name(item);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    /** A column that is computed and has no alias gets a name that servers make up. */
    private static Optional<String> name(SQLSelectItem item) {
        if (item.getAlias() != null) {
            return Optional.of(lower(Names.plain(item.getAlias())));
        }
        boolean isColumn = item.getExpr() instanceof SQLName
                && !(item.getExpr() instanceof SQLAllColumnExpr)
                && !(item.getExpr() instanceof SQLPropertyExpr property
                        && property.getName().equals("*"));
        return isColumn ? Optional.of(lower(Names.plain((SQLName) item.getExpr()))) : Optional.empty();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
