package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * A table as {@code SHOW CREATE TABLE} shows it, without its name and the next number that it gives.
 *
 * @param lines of columns, keys and constraints
 * @param options what follows them
 * @param partitions how it is divided; empty when it is not
 */
record TableDefinition(List<String> lines, String options, String partitions) {

    private static final Pattern NAMED_CHECK = Pattern.compile("^CONSTRAINT `(?:[^`]|``)+` CHECK");
    private static final Pattern FOREIGN_KEY = Pattern.compile("^CONSTRAINT `(?:[^`]|``)+` FOREIGN KEY ");
    private static final Pattern AS_EVERYWHERE = Pattern.compile("ON (DELETE|UPDATE) (RESTRICT|NO ACTION)");

    private static final Pattern DIVISION_NOISE = Pattern.compile("ENGINE\\s*=\\s*\\w+|\\*/|[\\s`;]+");

    TableDefinition {
        lines = List.copyOf(lines);
    }

    static TableDefinition of(Connection connection, String quotedName) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SHOW CREATE TABLE " + quotedName)) {
            row.next();
            return parse(row.getString(2));
        }
    }

    static TableDefinition parse(String text) {
        int close = text.indexOf("\n)");
        List<String> lines = text.substring(text.indexOf('\n') + 1, close)
                .lines()
                .map(String::strip)
                .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                // MySQL reports what was once written, where it is known from the collation
                .map(line -> line.replaceAll(" CHARACTER SET \\w+(?= COLLATE)", ""))
                .toList();
        String options = text.substring(close + 2).lines().findFirst().orElse("");
        int divided = text.indexOf("PARTITION BY", close);
        return new TableDefinition(
                lines,
                options.replaceFirst(" AUTO_INCREMENT=\\d+", "").strip(),
                divided < 0 ? "" : text.substring(divided));
    }

    /** The statement that makes such a table for this session alone, which has no foreign keys. */
    String creation(String name) {
        return lines.stream()
                .filter(Predicate.not(TableDefinition::isForeignKey))
                .collect(Collectors.joining(",\n", "CREATE TEMPORARY TABLE " + name + " (\n", "\n) " + options));
    }

    TableDefinition without(Predicate<String> line) {
        return new TableDefinition(lines.stream().filter(line.negate()).toList(), options, partitions);
    }

    /** Whether it is divided as a statement says. */
    boolean isDividedAs(String written) {
        return divided(partitions).equals(divided(written));
    }

    private static String divided(String text) {
        return DIVISION_NOISE.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("");
    }

    /** The same columns in the same order, and otherwise the same in any order; foreign keys and names of checks aside. */
    boolean isLike(TableDefinition other) {
        return options.equals(other.options)
                && columns().equals(other.columns())
                && new TreeSet<>(rest().toList())
                        .equals(new TreeSet<>(other.rest().toList()));
    }

    /** All of the other one, in any order, and perhaps more. */
    boolean contains(TableDefinition other) {
        return options.equals(other.options)
                && columns().containsAll(other.columns())
                && rest().toList().containsAll(other.rest().toList());
    }

    /** What is here and not there, and the other way round. */
    String differenceFrom(ObjectName table, TableDefinition made) {
        List<String> found = parts();
        List<String> wanted = made.parts();
        List<String> here =
                found.stream().filter(line -> !wanted.contains(line)).toList();
        List<String> there =
                wanted.stream().filter(line -> !found.contains(line)).toList();
        return here.isEmpty() && there.isEmpty()
                ? Differences.of(table, order(), made.order())
                : Differences.of(table, here, there);
    }

    private List<String> parts() {
        return Stream.of(columns().stream(), rest(), Stream.of(options))
                .flatMap(part -> part)
                .toList();
    }

    private List<String> order() {
        return List.of(columns().stream()
                .map(line -> line.substring(0, line.indexOf('`', 1) + 1))
                .collect(Collectors.joining(", ", "the columns in the order ", "")));
    }

    List<String> foreignKeys() {
        return lines.stream().filter(TableDefinition::isForeignKey).toList();
    }

    private List<String> columns() {
        return lines.stream().filter(line -> line.startsWith("`")).toList();
    }

    private Stream<String> rest() {
        return lines.stream()
                .filter(line -> !line.startsWith("`") && !isForeignKey(line))
                .map(line -> NAMED_CHECK.matcher(line).replaceFirst("CHECK"));
    }

    /** Whether it has a foreign key with these columns and rules. */
    boolean has(ForeignKey key, String schema) {
        return lines.stream()
                .filter(TableDefinition::isForeignKey)
                .filter(line -> key.name().isEmpty()
                        || line.regionMatches(
                                true,
                                0,
                                "CONSTRAINT " + quoted(key.name().get()) + " ",
                                0,
                                ("CONSTRAINT " + quoted(key.name().get()) + " ").length()))
                .map(line -> comparable(FOREIGN_KEY.matcher(line).replaceFirst("")))
                .anyMatch(comparable(written(key, schema))::equals);
    }

    static String written(ForeignKey key, String schema) {
        String other = key.referenced().schema().equalsIgnoreCase(schema)
                ? quoted(key.referenced().name())
                : quoted(key.referenced().schema()) + "."
                        + quoted(key.referenced().name());
        return list(key.columns()) + " REFERENCES " + other + " " + list(key.referencedColumns())
                + key.onDelete().map(rule -> " ON DELETE " + rule).orElse("")
                + key.onUpdate().map(rule -> " ON UPDATE " + rule).orElse("");
    }

    private static String comparable(String text) {
        return AS_EVERYWHERE
                .matcher(text.toUpperCase(Locale.ROOT))
                .replaceAll("")
                .replaceAll("\\s+", "");
    }

    private static String list(List<String> names) {
        return names.stream().map(TableDefinition::quoted).collect(Collectors.joining(",", "(", ")"));
    }

    private static String quoted(String name) {
        return org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier.quote(name);
    }

    /** Whether a line is an index that the server made for one of the foreign keys. */
    static boolean isIndexFor(String line, List<ForeignKey> keys) {
        return line.startsWith("KEY ")
                && keys.stream().anyMatch(key -> line.toUpperCase(Locale.ROOT)
                        .endsWith(" " + list(key.columns()).toUpperCase(Locale.ROOT)));
    }

    private static boolean isForeignKey(String line) {
        return FOREIGN_KEY.matcher(line).lookingAt();
    }
}
