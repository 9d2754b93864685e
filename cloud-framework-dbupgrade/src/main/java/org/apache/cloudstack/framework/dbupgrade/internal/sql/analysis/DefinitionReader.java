package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.SQLUtils;
import com.alibaba.druid.sql.ast.SQLDataType;
import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLIndexDefinition;
import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.statement.SQLCharacterDataType;
import com.alibaba.druid.sql.ast.statement.SQLColumnCheck;
import com.alibaba.druid.sql.ast.statement.SQLColumnConstraint;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.ast.statement.SQLColumnPrimaryKey;
import com.alibaba.druid.sql.ast.statement.SQLColumnReference;
import com.alibaba.druid.sql.ast.statement.SQLColumnUniqueKey;
import com.alibaba.druid.sql.ast.statement.SQLForeignKeyImpl;
import com.alibaba.druid.sql.ast.statement.SQLNotNullConstraint;
import com.alibaba.druid.sql.ast.statement.SQLNullConstraint;
import com.alibaba.druid.sql.ast.statement.SQLSelectOrderByItem;
import com.alibaba.druid.sql.dialect.mysql.ast.MysqlForeignKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns, indexes and foreign keys of one table.
 *
 * @param names names in the database of the table, where a foreign key looks for the other table
 */
record DefinitionReader(Names names) {

    static DefinitionReader of(ObjectName table) {
        return new DefinitionReader(new Names(table.schema()));
    }

    private static final Set<String> TYPES = Set.of("""
            tinyint smallint mediumint int int1 int2 int3 int4 int8 integer bigint decimal dec numeric fixed float
            float4 float8 double real bit bool boolean date time datetime timestamp year char nchar nvarchar varchar
            character varcharacter national binary varbinary tinyblob blob mediumblob longblob tinytext text mediumtext
            longtext long enum set json geometry point linestring polygon multipoint multilinestring multipolygon
            geometrycollection uuid inet4 inet6 vector
            """.trim().split("\\s+"));

    private static final Set<Class<? extends SQLColumnConstraint>> RULES = Set.of(
            SQLNotNullConstraint.class,
            SQLNullConstraint.class,
            SQLColumnPrimaryKey.class,
            SQLColumnUniqueKey.class,
            SQLColumnCheck.class,
            SQLColumnReference.class);

    private static final String SERIAL = "serial";

    ColumnDefinition column(SQLColumnDefinition column) {
        for (SQLColumnConstraint rule : column.getConstraints()) {
            if (!RULES.contains(rule.getClass())) {
                throw new Undecided("a column has a rule that is not known here: " + rule);
            }
        }
        SQLExpr generated = column.getGeneratedAlwaysAs() == null ? column.getAsExpr() : column.getGeneratedAlwaysAs();
        boolean refusesNull = column.getConstraints().stream()
                .anyMatch(rule -> rule instanceof SQLNotNullConstraint || rule instanceof SQLColumnPrimaryKey);
        boolean isSerial = isSerial(column);
        return new ColumnDefinition(
                Names.plain(column.getName()),
                isSerial ? "BIGINT UNSIGNED" : type(column),
                !refusesNull && !column.isPrimaryKey() && !isSerial,
                text(column.getDefaultExpr()),
                text(column.getOnUpdate()),
                column.isAutoIncrement() || isSerial,
                Optional.ofNullable(generated).map(this::expression),
                Optional.ofNullable(column.getComment()).map(DefinitionReader::unquoted),
                generated != null && column.isStored());
    }

    /** The short form of BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE. */
    private static boolean isSerial(SQLColumnDefinition column) {
        return column.getDataType() != null
                && SERIAL.equalsIgnoreCase(column.getDataType().getName());
    }

    private static String type(SQLColumnDefinition column) {
        SQLDataType type = column.getDataType();
        if (type == null) {
            throw new Undecided("the parser finds a column without a type");
        }
        String word = type.getName().toLowerCase(Locale.ROOT).split("\\s", 2)[0];
        if (!TYPES.contains(word)) {
            throw new Undecided("the parser takes " + type.getName() + " for the type of a column");
        }
        StringBuilder text = new StringBuilder(type.toString());
        boolean character = type instanceof SQLCharacterDataType;
        append(text, "CHARACTER SET", character ? ((SQLCharacterDataType) type).getCharSetName() : null);
        append(text, "CHARACTER SET", column.getCharsetExpr());
        append(text, "COLLATE", character ? ((SQLCharacterDataType) type).getCollate() : null);
        append(text, "COLLATE", column.getCollateExpr());
        if (character && ((SQLCharacterDataType) type).isHasBinary()) {
            text.append(" BINARY");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String words, @Nullable Object value) {
        if (value != null && text.indexOf(words) < 0) {
            text.append(' ').append(words).append(' ').append(value);
        }
    }

    /** The keys that are written after a column. */
    List<IndexDefinition> inlineKeys(SQLColumnDefinition column) {
        Set<IndexDefinition.Kind> kinds = EnumSet.noneOf(IndexDefinition.Kind.class);
        for (SQLColumnConstraint rule : column.getConstraints()) {
            if (rule instanceof SQLColumnPrimaryKey) {
                kinds.add(IndexDefinition.Kind.PRIMARY);
            } else if (rule instanceof SQLColumnUniqueKey) {
                kinds.add(IndexDefinition.Kind.UNIQUE);
            }
        }
        if (isSerial(column)) {
            kinds.add(IndexDefinition.Kind.UNIQUE);
        }
        String name = Names.plain(column.getName());
        return kinds.stream()
                .map(kind -> new IndexDefinition(
                        Optional.empty(), kind, List.of(new IndexDefinition.Part(name, Set.of(name)))))
                .toList();
    }

    /** The conditions that are written after a column. */
    List<Expression> inlineChecks(SQLColumnDefinition column) {
        return column.getConstraints().stream()
                .filter(SQLColumnCheck.class::isInstance)
                .map(check -> expression(((SQLColumnCheck) check).getExpr()))
                .toList();
    }

    /** The reference that is written after a column; some servers take it for a foreign key. */
    Optional<ForeignKey> inlineReference(SQLColumnDefinition column) {
        for (SQLColumnConstraint rule : column.getConstraints()) {
            if (rule instanceof SQLColumnReference reference) {
                return Optional.of(new ForeignKey(
                        Optional.empty(),
                        List.of(Names.plain(column.getName())),
                        names.object(reference.getTable()),
                        plain(reference.getColumns()),
                        option(reference.getOnDelete()),
                        option(reference.getOnUpdate())));
            }
        }
        return Optional.empty();
    }

    IndexDefinition index(SQLIndexDefinition index) {
        String options = index.getOptions() == null ? null : index.getOptions().getIndexType();
        return new IndexDefinition(
                Names.maybe(index.getName()),
                kind(index.getType(), options),
                index.getColumns().stream().map(this::part).toList());
    }

    private static IndexDefinition.Kind kind(@Nullable String type, @Nullable String option) {
        for (String word : new String[] {type, option}) {
            if (word != null && !word.equalsIgnoreCase("BTREE") && !word.equalsIgnoreCase("HASH")) {
                return switch (word.toUpperCase(Locale.ROOT)) {
                    case "UNIQUE" -> IndexDefinition.Kind.UNIQUE;
                    case "PRIMARY" -> IndexDefinition.Kind.PRIMARY;
                    case "FULLTEXT" -> IndexDefinition.Kind.FULLTEXT;
                    case "SPATIAL" -> IndexDefinition.Kind.SPATIAL;
                    default -> IndexDefinition.Kind.PLAIN;
                };
            }
        }
        return IndexDefinition.Kind.PLAIN;
    }

    private IndexDefinition.Part part(SQLSelectOrderByItem item) {
        String direction = item.getType() == null ? "" : " " + item.getType().name();
        SQLExpr expression = item.getExpr();
        if (expression instanceof SQLName name) {
            String column = Names.plain(name);
            return new IndexDefinition.Part(column + direction, Set.of(column));
        }
        if (expression instanceof SQLMethodInvokeExpr prefix
                && prefix.getArguments().size() == 1
                && prefix.getArguments().get(0) instanceof SQLIntegerExpr length) {
            String column = Names.plain(prefix.getMethodName());
            return new IndexDefinition.Part(column + "(" + length.getNumber() + ")" + direction, Set.of(column));
        }
        Expression functional = expression(expression);
        return new IndexDefinition.Part("(" + functional.text() + ")" + direction, functional.columns());
    }

    ForeignKey foreignKey(SQLForeignKeyImpl key) {
        boolean mysql = key instanceof MysqlForeignKey;
        return new ForeignKey(
                Names.maybe(key.getName()),
                plain(key.getReferencingColumns()),
                names.table(key.getReferencedTable()),
                plain(key.getReferencedColumns()),
                mysql ? option(((MysqlForeignKey) key).getOnDelete()) : Optional.empty(),
                mysql ? option(((MysqlForeignKey) key).getOnUpdate()) : Optional.empty());
    }

    private static Optional<String> option(SQLForeignKeyImpl.@Nullable Option option) {
        return option == null ? Optional.empty() : Optional.of(option.getText());
    }

    /** An expression over columns of one table. */
    Expression expression(SQLExpr expression) {
        return new Expression(
                text(expression).orElse(""),
                new QueryReads(names).read(expression).columnNames());
    }

    static List<String> plain(List<? extends SQLName> columns) {
        return columns.stream().map(Names::plain).collect(Collectors.toUnmodifiableList());
    }

    static ColumnPosition position(boolean first, @Nullable SQLExpr after) {
        if (first) {
            return new ColumnPosition.First();
        }
        return after == null ? new ColumnPosition.Unsaid() : new ColumnPosition.After(Names.column(after));
    }

    static Optional<String> text(@Nullable SQLExpr expression) {
        return expression == null ? Optional.empty() : Optional.of(SQLUtils.toMySqlString(expression));
    }

    static String unquoted(SQLExpr expression) {
        return expression instanceof SQLCharExpr string ? string.getText() : expression.toString();
    }
}
