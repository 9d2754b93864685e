package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.statement.SQLAssignItem;
import com.alibaba.druid.sql.ast.statement.SQLCheck;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.ast.statement.SQLForeignKeyImpl;
import com.alibaba.druid.sql.ast.statement.SQLTableElement;
import com.alibaba.druid.sql.dialect.mysql.ast.MySqlKey;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCreateTableStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlTableIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** Reads CREATE TABLE. */
final class CreateTableReader {

    private final Names names;
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private final List<IndexDefinition> indexes = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<Expression> checks = new ArrayList<>();

    CreateTableReader(Names names) {
        this.names = names;
    }

    Operation read(MySqlCreateTableStatement create) {
        ObjectName table = names.table(create.getTableSource());
        boolean ifNotExists = create.isIfNotExists();
        boolean temporary = create.isTemporary();
        if (create.getLike() != null) {
            return new TableOperation.CreateTableLike(table, names.table(create.getLike()), ifNotExists);
        }
        DefinitionReader definitions = DefinitionReader.of(table);
        create.getTableElementList().forEach(element -> add(element, definitions));
        if (create.getSelect() != null) {
            return new TableOperation.CreateTableAsSelect(
                    table,
                    columns,
                    new QueryReads(names).read(create.getSelect()).found(),
                    options(create),
                    ifNotExists,
                    temporary);
        }
        return new TableOperation.CreateTable(
                table, columns, indexes, foreignKeys, checks, options(create), ifNotExists, temporary);
    }

    private void add(SQLTableElement element, DefinitionReader definitions) {
        if (element instanceof SQLColumnDefinition column) {
            columns.add(definitions.column(column));
            indexes.addAll(definitions.inlineKeys(column));
            definitions.inlineReference(column).ifPresent(foreignKeys::add);
            checks.addAll(definitions.inlineChecks(column));
        } else if (element instanceof SQLForeignKeyImpl key) {
            foreignKeys.add(definitions.foreignKey(key));
        } else if (element instanceof SQLCheck check) {
            checks.add(definitions.expression(check.getExpr()));
        } else if (element instanceof MySqlKey key) {
            indexes.add(definitions.index(key.getIndexDefinition()));
        } else if (element instanceof MySqlTableIndex index) {
            indexes.add(definitions.index(index.getIndexDefinition()));
        } else {
            throw new Undecided("it defines a part of a table that is not known here: " + element);
        }
    }

    /** The parser keeps the comment of a new table apart from the other options. */
    private static Map<String, String> options(MySqlCreateTableStatement create) {
        Map<String, String> options = options(create.getTableOptions());
        if (create.getComment() != null) {
            options.put("comment", DefinitionReader.unquoted(create.getComment()));
        }
        return options;
    }

    /** Options by one lower-case name each. */
    static Map<String, String> options(List<SQLAssignItem> items) {
        Map<String, String> options = new LinkedHashMap<>();
        for (SQLAssignItem item : items) {
            String name = Names.plain(item.getTarget().toString()).toLowerCase(Locale.ROOT);
            if (name.startsWith("default ")) {
                name = name.substring("default ".length());
            }
            options.put(name.equals("character set") ? "charset" : name, DefinitionReader.unquoted(item.getValue()));
        }
        return options;
    }
}
