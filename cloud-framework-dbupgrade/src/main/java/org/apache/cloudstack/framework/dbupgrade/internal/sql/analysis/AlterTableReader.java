package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableAddColumn;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableConvertCharSet;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDisableKeys;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropColumnItem;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableEnableKeys;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableItem;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableRename;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableRenameColumn;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableStatement;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableAlgorithm;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableAlterColumn;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableChangeColumn;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableForce;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableLock;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlAlterTableModifyColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.jspecify.annotations.Nullable;

/** Reads ALTER TABLE: its items in order, then its options. */
final class AlterTableReader {

    private final Names names;
    private final ReadableText text;
    private final ObjectName table;
    private final DefinitionReader definitions;
    private final List<Operation> operations = new ArrayList<>();

    private AlterTableReader(Names names, ReadableText text, ObjectName table) {
        this.names = names;
        this.text = text;
        this.table = table;
        this.definitions = DefinitionReader.of(table);
    }

    static List<Operation> read(SQLAlterTableStatement alter, Names names, ReadableText text) {
        return new AlterTableReader(names, text, names.table(alter.getTableSource())).read(alter);
    }

    private List<Operation> read(SQLAlterTableStatement alter) {
        if (alter.isIgnore()) {
            throw new Undecided("ALTER IGNORE takes rows that break a new rule");
        }
        AlterKeyReader keys = new AlterKeyReader(table, text, definitions);
        for (SQLAlterTableItem item : alter.getItems()) {
            if (!addColumnItem(item) && !addTableItem(item)) {
                operations.add(keys.read(item));
            }
        }
        Map<String, String> options = CreateTableReader.options(alter.getTableOptions());
        if (!options.isEmpty()) {
            operations.add(new TableOperation.ChangeTableOptions(table, options, false));
        }
        if (alter.getPartition() != null) {
            operations.add(new TableOperation.ReshapeTable(table, "partitions"));
        }
        if (alter.isRemovePatiting()) {
            operations.add(new TableOperation.ReshapeTable(table, "RemovePartitioning"));
        }
        return operations.isEmpty() ? List.of(new TableOperation.MaintainTable(table)) : operations;
    }

    private boolean addColumnItem(SQLAlterTableItem item) {
        if (item instanceof SQLAlterTableAddColumn add) {
            add.getColumns().forEach(column -> addColumn(add, column));
        } else if (item instanceof SQLAlterTableDropColumnItem drop) {
            drop.getColumns().forEach(column -> {
                String name = Names.plain(column);
                operations.add(new ColumnOperation.DropColumn(table, name, drop.isIfExists() || text.guards(name)));
            });
        } else if (item instanceof MySqlAlterTableModifyColumn modify) {
            SQLColumnDefinition column = modify.getNewColumnDefinition();
            change(Names.plain(column.getName()), column, modify.isFirst(), modify.getAfterColumn());
        } else if (item instanceof MySqlAlterTableChangeColumn change) {
            String old = Names.plain(change.getColumnName());
            change(old, change.getNewColumnDefinition(), change.isFirst(), change.getAfterColumn());
        } else if (item instanceof SQLAlterTableRenameColumn rename) {
            operations.add(new ColumnOperation.RenameColumn(
                    table, Names.plain(rename.getColumn()), Names.plain(rename.getTo())));
        } else if (item instanceof MySqlAlterTableAlterColumn alter
                && alter.isDropDefault()
                && alter.getVisibleType() == null) {
            operations.add(new ColumnOperation.DropDefault(table, Names.plain(alter.getColumn())));
        } else if (item instanceof MySqlAlterTableAlterColumn alter
                && alter.getDefaultExpr() != null
                && alter.getVisibleType() == null) {
            String value = DefinitionReader.text(alter.getDefaultExpr()).orElse("");
            operations.add(new ColumnOperation.SetDefault(table, Names.plain(alter.getColumn()), value));
        } else {
            return false;
        }
        return true;
    }

    private void addColumn(SQLAlterTableAddColumn add, SQLColumnDefinition column) {
        String name = Names.plain(column.getName());
        operations.add(new ColumnOperation.AddColumn(
                table,
                definitions.column(column),
                DefinitionReader.position(add.isFirst(), add.getAfterColumn()),
                add.isIfNotExists() || text.guards(name)));
        addInlineKeys(column);
    }

    private void change(String old, SQLColumnDefinition column, boolean first, @Nullable SQLName after) {
        operations.add(new ColumnOperation.ChangeColumn(
                table, old, definitions.column(column), DefinitionReader.position(first, after), text.guards(old)));
        addInlineKeys(column);
    }

    private void addInlineKeys(SQLColumnDefinition column) {
        definitions.inlineKeys(column).forEach(index -> operations.add(new KeyOperation.AddIndex(table, index, false)));
        definitions
                .inlineReference(column)
                .ifPresent(key -> operations.add(new KeyOperation.AddForeignKey(table, key, false)));
        definitions
                .inlineChecks(column)
                .forEach(check -> operations.add(new KeyOperation.AddCheck(table, Optional.empty(), check)));
    }

    private boolean addTableItem(SQLAlterTableItem item) {
        if (item instanceof SQLAlterTableRename rename) {
            operations.add(new TableOperation.RenameTable(table, names.table(rename.getTo())));
        } else if (item instanceof SQLAlterTableConvertCharSet convert) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("charset", String.valueOf(convert.getCharset()));
            if (convert.getCollate() != null) {
                options.put("collate", convert.getCollate().toString());
            }
            operations.add(new TableOperation.ChangeTableOptions(table, options, true));
        } else if (item instanceof SQLAlterTableDisableKeys
                || item instanceof SQLAlterTableEnableKeys
                || item instanceof MySqlAlterTableForce) {
            operations.add(new TableOperation.MaintainTable(table));
        } else {
            return item instanceof MySqlAlterTableAlgorithm || item instanceof MySqlAlterTableLock;
        }
        return true;
    }
}
