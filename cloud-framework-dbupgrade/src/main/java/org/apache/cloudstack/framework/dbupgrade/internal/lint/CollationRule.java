package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** {@code utf8mb4} without a collation gets that of the server's release, which older tables need not have. */
final class CollationRule {

    private static final String CHARSET = "utf8mb4";
    private static final Pattern OF_COLUMN =
            Pattern.compile("CHARACTER SET " + CHARSET + "\\b(?!.*\\bCOLLATE\\b)", Pattern.CASE_INSENSITIVE);

    private CollationRule() {}

    /** One problem for each table and column that a statement gives the character set alone. */
    static List<String> problems(Analysis statement) {
        return statement.operations().stream().flatMap(CollationRule::subjects).toList();
    }

    private static Stream<String> subjects(Operation operation) {
        if (operation instanceof TableOperation.CreateTable created) {
            return Stream.concat(
                    table(created.table(), created.options()), columns(created.table(), created.columns()));
        }
        if (operation instanceof TableOperation.CreateTableAsSelect created) {
            return Stream.concat(
                    table(created.table(), created.options()), columns(created.table(), created.columns()));
        }
        if (operation instanceof TableOperation.ChangeTableOptions changed) {
            return table(changed.table(), changed.options());
        }
        if (operation instanceof ColumnOperation.AddColumn add) {
            return columns(add.table(), List.of(add.definition()));
        }
        return operation instanceof ColumnOperation.ChangeColumn change
                ? columns(change.table(), List.of(change.definition()))
                : Stream.empty();
    }

    private static Stream<String> table(ObjectName table, Map<String, String> options) {
        boolean isAlone = CHARSET.equalsIgnoreCase(options.get("charset")) && !options.containsKey("collate");
        return isAlone ? Stream.of("the table " + table + " gets " + CHARSET + " without a collation") : Stream.empty();
    }

    private static Stream<String> columns(ObjectName table, List<ColumnDefinition> columns) {
        return columns.stream()
                .filter(column -> OF_COLUMN.matcher(column.type()).find())
                .map(column ->
                        "the column " + table + "." + column.name() + " gets " + CHARSET + " without a collation");
    }
}
