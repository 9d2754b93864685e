package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** A table that is created. All its parts are known, so that it can be checked whether they fit together. */
final class NewTable {

    private final ObjectName name;
    private final List<TablePart> parts;
    private final Map<String, Column> columns = new HashMap<>();

    private NewTable(ObjectName name, List<TablePart> parts) {
        this.name = name;
        this.parts = List.copyOf(parts);
    }

    static Change change(ObjectName name, List<TablePart> parts, boolean ifNotExists) {
        return new NewTable(name, parts).change(ifNotExists);
    }

    private Change change(boolean ifNotExists) {
        all(Column.class).forEach(this::learn);
        check();
        List<String> lines = new ArrayList<>();
        parts.stream()
                .filter(part -> !(part instanceof TableOptions))
                .map(NewTable::sql)
                .forEach(lines::add);
        TableOptions options = options();
        String text = "CREATE TABLE " + (ifNotExists ? "IF NOT EXISTS " : "") + DatabaseNames.quoted(name) + " (\n  "
                + String.join(",\n  ", lines) + "\n)"
                + (options.values().isEmpty() ? "" : " " + options.sql());
        return new Change(text);
    }

    private static String sql(TablePart part) {
        if (part instanceof Column column) {
            return column.sql();
        }
        if (part instanceof Index index) {
            return index.sql("");
        }
        return part instanceof Reference reference ? reference.sql("") : ((Check) part).sql();
    }

    private TableOptions options() {
        List<TableOptions> options = all(TableOptions.class).toList();
        if (options.size() > 1) {
            throw wrong("", "it has options in " + options.size() + " places");
        }
        return options.isEmpty() ? TableOptions.options() : options.get(0);
    }

    private void learn(Column column) {
        if (columns.put(lower(column.name()), column) != null) {
            throw wrong(column(column.name()), "it has two columns of this name");
        }
        if (!(column.position() instanceof ColumnPosition.Unsaid)) {
            throw wrong(column(column.name()), "in a new table columns stand where they are written");
        }
    }

    private void check() {
        if (columns.isEmpty()) {
            throw wrong("", "it has no column");
        }
        parts.forEach(part -> new PartCheck(name).check(part));
        checkNames();
        all(Column.class).forEach(this::checkComputed);
        all(Index.class).forEach(this::checkIndex);
        all(Reference.class).forEach(this::checkReference);
        all(Check.class)
                .forEach(check -> checkKnown("check " + check.name(), new WrittenSql(check.condition()).condition()));
        checkCounted();
    }

    private void checkNames() {
        Set<String> seen = new HashSet<>();
        all(Index.class).forEach(index -> {
            if (!seen.add(lower(index.name().orElse("PRIMARY")))) {
                throw wrong(index.label(), "it has two of this name");
            }
        });
    }

    private void checkComputed(Column column) {
        column.computedFrom().ifPresent(from -> checkKnown(column(column.name()), from));
    }

    private void checkKnown(String part, Expression expression) {
        expression.columns().forEach(column -> known(part, column));
    }

    private void checkIndex(Index index) {
        for (Index.Part part : index.parts()) {
            Column column = known(index.label(), part.column());
            DataType.Family family = column.type().family();
            boolean text = index.kind() == IndexDefinition.Kind.FULLTEXT;
            if (index.kind() == IndexDefinition.Kind.PRIMARY && column.isNullable() && !column.isGenerated()) {
                throw wrong(index.label(), "column " + part.column() + " is nullable");
            }
            if (family == DataType.Family.JSON || text && !family.hasCharset()) {
                throw wrong(index.label(), column.type().sql() + " of column " + part.column() + " cannot be in it");
            }
            if (family.isLong() && part.length() == 0 && !text) {
                throw wrong(index.label(), "say how much of column " + part.column() + " is in it");
            }
            boolean cuts = family.isLong() || family.hasCharset() || family == DataType.Family.BINARY;
            if (part.length() > 0 && !cuts) {
                throw wrong(index.label(), "column " + part.column() + " is in it as a whole or not at all");
            }
        }
    }

    private void checkReference(Reference reference) {
        String part = "foreign key " + reference.name();
        for (String each : reference.columns()) {
            if (!known(part, each).isNullable() && reference.setsNull()) {
                throw wrong(part, "column " + each + " would be set to NULL, and is not nullable");
            }
            all(Check.class)
                    .filter(check -> reference.writes() && uses(new WrittenSql(check.condition()).condition(), each))
                    .findFirst()
                    .ifPresent(check -> {
                        throw wrong(part, "it may not change column " + each + ", which a check reads");
                    });
            all(Column.class)
                    .filter(column -> reference.acts() && column.isStored())
                    .flatMap(column -> column.computedFrom().stream())
                    .filter(from -> uses(from, each))
                    .findFirst()
                    .ifPresent(from -> {
                        throw wrong(part, "it may not act on column " + each + ", which a stored column is made from");
                    });
        }
    }

    private static boolean uses(Expression expression, String column) {
        return expression.columns().stream().anyMatch(column::equalsIgnoreCase);
    }

    private void checkCounted() {
        List<Column> counted = all(Column.class).filter(Column::isCounted).toList();
        if (counted.size() > 1) {
            throw wrong(column(counted.get(1).name()), "the server counts up one column of a table only");
        }
        for (Column column : counted) {
            if (all(Index.class).noneMatch(index -> index.beginsWith(column.name()))) {
                throw wrong(column(column.name()), "it is counted up, and no key starts with it");
            }
        }
    }

    private Column known(String part, String column) {
        return Optional.ofNullable(columns.get(lower(column)))
                .orElseThrow(() -> wrong(part, "there is no column " + column));
    }

    private <T extends TablePart> Stream<T> all(Class<T> type) {
        return parts.stream().filter(type::isInstance).map(type::cast);
    }

    private SchemaException wrong(String part, String problem) {
        return PartCheck.wrong(name, part, problem);
    }

    private static String column(String name) {
        return "column " + name;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
