package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.druid.sql.ast.SQLDataTypeImpl;
import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.SQLPartitionByHash;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableAddColumn;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableItem;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableStatement;
import com.alibaba.druid.sql.ast.statement.SQLColumnConstraint;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlStatementParser;
import com.alibaba.druid.sql.dialect.mysql.visitor.MySqlASTVisitor;
import com.alibaba.druid.sql.visitor.SQLASTVisitor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each field of the parser's nodes that describe a column, an index, a constraint or a change of a table is given a value: the
 * statement must then read otherwise than without, or be unknown. What is left out here does not change what older nodes see.
 */
class NoClauseIsIgnoredTest {

    /** Where a node stands, in what text it was, and what is checked elsewhere. */
    private static final Set<String> NO_CLAUSES = Set.of(
            "parent",
            "attributes",
            "dbType",
            "hints",
            "hint",
            "sourceLine",
            "sourceColumn",
            "nameHashCode64",
            "hasConstraint",
            "afterSemi",
            "headHints");

    private static final Set<String> HARMLESS = Set.of(
            // how an index is kept, and whether the optimizer may use it
            "SQLIndexDefinition.index SQLIndexDefinition.key SQLIndexDefinition.hashMapType SQLIndexDefinition.hashType",
            "SQLIndexDefinition.table SQLIndexDefinition.compatibleOptions SQLIndexDefinition.symbol",
            "SQLIndexDefinition.options",
            "SQLIndexOptions.keyBlockSize SQLIndexOptions.comment SQLIndexOptions.algorithm SQLIndexOptions.lock",
            "SQLIndexOptions.invisible SQLIndexOptions.visible SQLIndexOptions.parserName",
            // only NDB keeps them
            "SQLColumnDefinition.format SQLColumnDefinition.storage",
            // a generated column is virtual unless it is stored, and one that is not generated is neither
            "SQLColumnDefinition.virtual SQLColumnDefinition.stored",
            // a constraint counts as enforced, which is the stricter; servers ignore MATCH
            "SQLColumnReference.notEnforced SQLColumnCheck.enforced SQLColumnReference.referenceMatch",
            // older nodes have the same rows and columns
            "SQLAlterTableStatement.upgradePatiting SQLAlterTableStatement.ifExists",
            "SQLAlterTableStatement.online SQLAlterTableStatement.offline",
            // a comment of a constraint is written nowhere; a name it gets from the server is as good
            "SQLColumnReference.comment SQLColumnCheck.comment SQLColumnReference.name SQLColumnCheck.name");

    /** What the parser reads for other products; MySQL and MariaDB refuse it. */
    private static final Set<String> OF_OTHER_PRODUCTS = Set.of(
            "aggType annIndex bitmap blockSize colProperties compression delimiter delimiterTokenizer disableIndex",
            "disableNovalidate enable encode generateByDefault identity ifNotExists indexComment jsonIndexAttrsExpr",
            "mappedBy nlpTokenizer preSort preSortOrder rely sequenceType step unitCount unitIndex validate valueType",
            "visible charType enumList unsigned withLocalTimeZone zerofill indexBy cascade restrict firstColumn",
            "global local otherOptions partitioning dbPartitionBy tbPartitionBy tbPartitions covering analyzerName",
            "indexAnalyzerName queryAnalyzerName withDicName updateGlobalIndexes invalidateGlobalIndexes only",
            "unsetTableOptions mergeSmallFiles range clusteredBy sortedBy buckets shards notClustered on");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SQLColumnDefinition    | ALTER TABLE t ADD a VARCHAR(10)",
                "SQLCharacterDataType   | ALTER TABLE t ADD a VARCHAR(10)",
                "SQLDataTypeImpl        | ALTER TABLE t ADD a INT",
                "SQLColumnReference     | ALTER TABLE t ADD a INT REFERENCES u (id)",
                "SQLColumnCheck         | ALTER TABLE t ADD a INT CHECK (a > 1)",
                "SQLIndexDefinition     | ALTER TABLE t ADD INDEX i (a)",
                "SQLIndexOptions        | ALTER TABLE t ADD INDEX i (a) COMMENT 'x'",
                "SQLAlterTableAddColumn | ALTER TABLE t ADD a INT",
                "SQLAlterTableDropColumnItem | ALTER TABLE t DROP a",
                "SQLAlterTableRenameColumn   | ALTER TABLE t RENAME COLUMN a TO b",
                "MySqlAlterTableModifyColumn | ALTER TABLE t MODIFY a INT",
                "MySqlAlterTableChangeColumn | ALTER TABLE t CHANGE a b INT",
                "MySqlAlterTableAlterColumn  | ALTER TABLE t ALTER a SET DEFAULT 1",
                "SQLAlterTableConvertCharSet | ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
                "SQLAlterTableRenameIndex    | ALTER TABLE t RENAME INDEX a TO b",
                "SQLAlterTableStatement      | ALTER TABLE t ADD a INT"
            })
    void everyClauseOfATableIsReadOrMakesItsStatementUnknown(String node, String sql) {
        Set<String> ignored = new TreeSet<>();
        for (String field : fields(node(parse(sql), node).orElseThrow().getClass())) {
            SQLStatement statement = parse(sql);
            Object changed = node(statement, node).orElseThrow();
            if (!give(changed, field) || reading(statement).equals(reading(parse(sql)))) {
                ignored.add(node + "." + field);
            }
        }

        ignored.removeIf(each -> lists(HARMLESS, each) || lists(OF_OTHER_PRODUCTS, each.replaceFirst(".*\\.", "")));
        assertThat(ignored).isEmpty();
    }

    @Test
    void everyConstraintOfAColumnIsReadOrMakesItsStatementUnknown() {
        List<String> ignored = nodes(SQLColumnConstraint.class)
                .filter(constraint -> {
                    SQLAlterTableStatement alter = (SQLAlterTableStatement) parse("ALTER TABLE t ADD a INT");
                    SQLAlterTableAddColumn add =
                            (SQLAlterTableAddColumn) alter.getItems().get(0);
                    add.getColumns().get(0).getConstraints().add(constraint);
                    return reading(alter).equals(reading(parse("ALTER TABLE t ADD a INT")));
                })
                .map(constraint -> constraint.getClass().getSimpleName())
                .toList();

        // to say that a column may be null says nothing
        assertThat(ignored).containsExactly("SQLNullConstraint");
    }

    @Test
    void noChangeOfATableThatNoReaderKnowsIsTakenForHarmless() {
        List<String> harmless = nodes(SQLAlterTableItem.class)
                .filter(item -> {
                    SQLAlterTableStatement alter = new SQLAlterTableStatement();
                    alter.setTableSource(new SQLIdentifierExpr("t"));
                    alter.addItem(item);
                    return !isContract(alter);
                })
                .map(item -> item.getClass().getSimpleName())
                .sorted()
                .toList();

        // those that add or drop something do nothing here, as they are empty
        assertThat(harmless)
                .containsExactly(
                        "MySqlAlterTableAlgorithm",
                        "MySqlAlterTableForce",
                        "MySqlAlterTableLock",
                        "SQLAlterTableAddColumn",
                        "SQLAlterTableAddIndex",
                        "SQLAlterTableAddPartition",
                        "SQLAlterTableCoalescePartition",
                        "SQLAlterTableDisableKeys",
                        "SQLAlterTableDropColumnItem",
                        "SQLAlterTableEnableKeys",
                        "SQLAlterTablePartition",
                        "SQLAlterTableReOrganizePartition");
    }

    private static boolean lists(Set<String> lines, String word) {
        return lines.stream().anyMatch(line -> List.of(line.split(" ")).contains(word));
    }

    private static boolean isContract(SQLStatement statement) {
        List<Operation> operations;
        try {
            operations = read(statement);
        } catch (RuntimeException e) {
            return true;
        }
        return operations.stream()
                .map(operation -> Analysis.decided(new SqlStatement(1, 1, "x"), List.of(operation)))
                .anyMatch(analysis -> Phases.of(List.of(analysis)) == Phase.CONTRACT);
    }

    /** The nodes of a kind that a visitor of MySQL can meet, empty. */
    private static <T> Stream<T> nodes(Class<T> kind) {
        return Stream.of(MySqlASTVisitor.class, SQLASTVisitor.class)
                .flatMap(visitor -> Stream.of(visitor.getMethods()))
                .filter(method -> method.getName().equals("visit"))
                .map(Method::getParameterTypes)
                .map(types -> types[0])
                .filter(kind::isAssignableFrom)
                .distinct()
                .flatMap(type -> Stream.of(type.getConstructors())
                        .filter(constructor -> constructor.getParameterCount() == 0)
                        .map(NoClauseIsIgnoredTest::made)
                        .map(kind::cast));
    }

    private static Object made(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static SQLStatement parse(String sql) {
        return new MySqlStatementParser(sql).parseStatementList().get(0);
    }

    private static List<Operation> read(SQLStatement statement) {
        return new StatementReader(new Names("cloud"), ReadableText.of(""), Set.of()).read(statement);
    }

    /** What is read, or that it is not. */
    private static List<?> reading(SQLStatement statement) {
        try {
            return read(statement);
        } catch (RuntimeException e) {
            return List.of("unknown");
        }
    }

    private static Set<String> fields(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !NO_CLAUSES.contains(field.getName())) {
                    names.add(field.getName());
                }
            }
        }
        return names;
    }

    /** Finds the node of a class in a tree. */
    private static Optional<Object> node(Object tree, String name) {
        List<Object> open = new ArrayList<>(List.of(tree));
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!open.isEmpty()) {
            Object next = open.remove(0);
            if (next.getClass().getSimpleName().equals(name)) {
                return Optional.of(next);
            }
            if (next instanceof Collection<?> several) {
                open.addAll(several);
            } else if (next instanceof SQLObject && seen.add(next)) {
                fields(next.getClass()).stream()
                        .map(field -> value(next, field))
                        .flatMap(Optional::stream)
                        .forEach(open::add);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> value(Object node, String name) {
        try {
            return Optional.ofNullable(field(node, name).get(node));
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Field field(Object node, String name) {
        for (Class<?> each = node.getClass(); each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new AssertionError(name);
    }

    /** Gives a field another value than it has; false where there is no such value. */
    @SuppressWarnings("unchecked")
    private static boolean give(Object node, String name) {
        Field field = field(node, name);
        try {
            Class<?> type = field.getType();
            if (List.class.isAssignableFrom(type)) {
                List<Object> list = (List<Object>) field.get(node);
                if (list == null) {
                    field.set(node, new ArrayList<>(List.of(new SQLIdentifierExpr("other"))));
                } else {
                    list.add(new SQLIdentifierExpr("other"));
                }
                return true;
            }
            Optional<Object> other = other(type, field.get(node));
            if (other.isPresent()) {
                field.set(node, other.get());
            }
            return other.isPresent();
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Optional<Object> other(Class<?> type, Object before) {
        if (type == boolean.class) {
            return Optional.of(!(boolean) before);
        }
        if (type == Boolean.class) {
            return Optional.of(false);
        }
        if (type == int.class) {
            return Optional.of(7);
        }
        if (type == String.class) {
            return Optional.of("UNIQUE");
        }
        if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[0]);
        }
        return Stream.<Object>of(
                        new SQLIdentifierExpr("other"),
                        new SQLCharExpr("other"),
                        new SQLIntegerExpr(7),
                        new SQLExprTableSource(new SQLIdentifierExpr("other")),
                        new SQLDataTypeImpl("INT"),
                        new SQLPartitionByHash())
                .filter(type::isInstance)
                .findFirst()
                .or(() -> Stream.of(type.getConstructors())
                        .filter(constructor -> constructor.getParameterCount() == 0)
                        .map(NoClauseIsIgnoredTest::made)
                        .findFirst());
    }
}
