package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableAddConstraint;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableAddIndex;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropCheck;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropConstraint;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropForeignKey;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropIndex;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropKey;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableDropPrimaryKey;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableItem;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableRenameIndex;
import com.alibaba.druid.sql.ast.statement.SQLCheck;
import com.alibaba.druid.sql.ast.statement.SQLConstraint;
import com.alibaba.druid.sql.ast.statement.SQLForeignKeyImpl;
import com.alibaba.druid.sql.dialect.mysql.ast.MySqlKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.jspecify.annotations.Nullable;

/** Reads the items of ALTER TABLE that are about indexes and constraints. */
record AlterKeyReader(ObjectName table, ReadableText text, DefinitionReader definitions) {

    /** Reads an item; what is not known here changes the table in a way that is not looked into. */
    Operation read(SQLAlterTableItem item) {
        if (item instanceof SQLAlterTableAddIndex add) {
            return addIndex(definitions.index(add.getIndexDefinition()));
        }
        if (item instanceof SQLAlterTableAddConstraint add) {
            return addConstraint(add.getConstraint());
        }
        if (item instanceof SQLAlterTableRenameIndex rename) {
            return new KeyOperation.RenameIndex(table, Names.plain(rename.getName()), Names.plain(rename.getTo()));
        }
        if (item instanceof SQLAlterTableDropPrimaryKey) {
            return new KeyOperation.DropIndex(table, "PRIMARY", false);
        }
        return drop(item);
    }

    private Operation drop(SQLAlterTableItem item) {
        if (item instanceof SQLAlterTableDropIndex drop) {
            return dropIndex(named(drop.getIndexName()));
        }
        if (item instanceof SQLAlterTableDropKey drop) {
            return dropIndex(named(drop.getKeyName()));
        }
        if (item instanceof SQLAlterTableDropForeignKey drop) {
            String name = named(drop.getIndexName());
            return new KeyOperation.DropForeignKey(table, name, text.guards(name));
        }
        if (item instanceof SQLAlterTableDropConstraint drop) {
            return dropConstraint(named(drop.getConstraintName()));
        }
        if (item instanceof SQLAlterTableDropCheck drop) {
            return dropConstraint(named(drop.getCheckName()));
        }
        String kind = item.getClass().getSimpleName().replaceAll("(?i)^(my)?sqlAlterTable", "");
        return new TableOperation.ReshapeTable(table, kind);
    }

    private Operation addConstraint(@Nullable SQLConstraint constraint) {
        if (constraint instanceof SQLForeignKeyImpl key) {
            ForeignKey read = definitions.foreignKey(key);
            return new KeyOperation.AddForeignKey(
                    table, read, read.name().filter(text::guards).isPresent());
        }
        if (constraint instanceof SQLCheck check) {
            return new KeyOperation.AddCheck(
                    table, Names.maybe(check.getName()), definitions.expression(check.getExpr()));
        }
        if (constraint instanceof MySqlKey key) {
            return addIndex(definitions.index(key.getIndexDefinition()));
        }
        throw new Undecided("it adds a constraint that is not known here: " + constraint);
    }

    private Operation addIndex(IndexDefinition index) {
        return new KeyOperation.AddIndex(
                table, index, index.name().filter(text::guards).isPresent());
    }

    private Operation dropIndex(String name) {
        return new KeyOperation.DropIndex(table, name, text.guards(name));
    }

    private Operation dropConstraint(String name) {
        return new KeyOperation.DropConstraint(table, name, text.guards(name));
    }

    private static String named(@Nullable SQLName name) {
        return Names.plain(name);
    }
}
