package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Reads names: takes their quotes and adds the database they are in.
 *
 * @param schema the current database; empty when there is none
 */
record Names(String schema) {

    /** A name without its quotes. */
    static String plain(String name) {
        if (name.length() < 2) {
            return name;
        }
        char quote = name.charAt(0);
        if ((quote != '`' && quote != '"') || name.charAt(name.length() - 1) != quote) {
            return name;
        }
        String once = String.valueOf(quote);
        return name.substring(1, name.length() - 1).replace(once + once, once);
    }

    static String plain(@Nullable SQLName name) {
        if (name == null) {
            throw new Undecided("the parser finds no name where one is needed");
        }
        return plain(name.getSimpleName());
    }

    static Optional<String> maybe(@Nullable SQLName name) {
        return name == null ? Optional.empty() : Optional.of(plain(name)).filter(text -> !text.isEmpty());
    }

    /** The last part of a column's name. */
    static String column(SQLExpr expression) {
        if (expression instanceof SQLName name) {
            return plain(name);
        }
        throw new Undecided("the parser finds " + expression + " where the name of a column is needed");
    }

    ObjectName object(@Nullable SQLExpr expression) {
        if (expression instanceof SQLPropertyExpr property && property.getOwner() instanceof SQLIdentifierExpr owner) {
            return new ObjectName(plain(owner.getName()), plain(property.getName()));
        }
        if (expression instanceof SQLIdentifierExpr identifier) {
            return new ObjectName(schema, plain(identifier.getName()));
        }
        throw new Undecided("the parser finds " + expression + " where a name is needed");
    }

    ObjectName table(@Nullable SQLExprTableSource source) {
        return object(source == null ? null : source.getExpr());
    }
}
