package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An immutable picture of database schemas: tables, columns, indexes, foreign keys, checks, views, triggers and
 * routines. What MySQL and MariaDB merely write differently is written alike, so the same scripts give equal pictures
 * on both. The library's own tables are left out, and what code does not notice: comments, and the next AUTO_INCREMENT.
 *
 * <p>One thing is compared between two pictures of MySQL or two of MariaDB only: which of the collations it is that
 * some server chooses where a script names none. So a MySQL table in {@code utf8mb4_0900_ai_ci} or in
 * {@code utf8mb4_general_ci} equals a MariaDB table in {@code utf8mb4_general_ci}, but not each other.
 */
public final class SchemaSnapshot {

    private static final Pattern REFERENCED = Pattern.compile("(?<= REFERENCES )[^(]+");

    private final boolean mariaDb;
    private final boolean isFolded;
    private final SortedMap<SchemaObject, String> objects;
    private final SortedMap<SchemaObject, String> neutralObjects;
    private final SortedMap<String, List<String>> columnOrders;

    SchemaSnapshot(boolean mariaDb, Map<SchemaObject, String> objects, Map<String, List<String>> columnOrders) {
        this(mariaDb, false, objects, columnOrders);
    }

    /**
     * A picture.
     *
     * @param isFolded whether it is of a server that does not distinguish names of tables by their case
     */
    SchemaSnapshot(
            boolean mariaDb,
            boolean isFolded,
            Map<SchemaObject, String> objects,
            Map<String, List<String>> columnOrders) {
        this.mariaDb = mariaDb;
        this.isFolded = isFolded;
        this.objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
        SortedMap<SchemaObject, String> neutral = new TreeMap<>(this.objects);
        neutral.replaceAll((object, text) -> Collations.withoutServersChoice(text));
        this.neutralObjects = Collections.unmodifiableSortedMap(neutral);
        this.columnOrders = Collections.unmodifiableSortedMap(new TreeMap<>(columnOrders));
    }

    /**
     * Reads these databases, with about ten queries for each. One that does not exist is simply not in the picture.
     *
     * @throws SQLException when the server does not answer; it shows only what the user has a privilege for
     */
    public static SchemaSnapshot read(Connection connection, List<String> schemas) throws SQLException {
        return readLogical(connection, schemas).named(schemas);
    }

    /** Reads them as {@link #read} does, under the names that they have in a {@link SnapshotFile}: {@code #1}, {@code #2}. */
    public static SchemaSnapshot readLogical(Connection connection, List<String> schemas) throws SQLException {
        return SnapshotReader.read(connection, schemas);
    }

    /** The same picture where the databases have these names; those that have names already keep them. */
    public SchemaSnapshot named(List<String> schemas) {
        Map<SchemaObject, String> named = new TreeMap<>();
        objects.forEach(
                (object, text) -> named.put(object.named(schemas), LogicalNames.named(object.kind(), text, schemas)));
        Map<String, List<String>> orders = new TreeMap<>();
        columnOrders.forEach((table, columns) -> orders.put(LogicalNames.named(table, schemas), columns));
        return new SchemaSnapshot(mariaDb, isFolded, named, orders);
    }

    /** The same picture with the names of databases, tables and views in lower case. */
    private SchemaSnapshot folded() {
        Map<SchemaObject, String> folded = new TreeMap<>();
        objects.forEach((object, text) -> folded.put(object.folded(), folded(object.kind(), text)));
        Map<String, List<String>> orders = new TreeMap<>();
        columnOrders.forEach((table, columns) -> orders.put(table.toLowerCase(Locale.ROOT), columns));
        return new SchemaSnapshot(mariaDb, true, folded, orders);
    }

    /** The text of a view is in lower case already. */
    private static String folded(SchemaKind kind, String text) {
        return kind == SchemaKind.FOREIGN_KEY
                ? REFERENCED
                        .matcher(text)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(found.group().toLowerCase(Locale.ROOT)))
                : text;
    }

    /**
     * What is different here from the expected picture, ordered by name; empty when both are equal. The case of names counts
     * when both servers distinguish it.
     */
    public List<SchemaDifference> differencesFrom(SchemaSnapshot expected) {
        return isFolded == expected.isFolded ? differences(expected) : folded().differences(expected.folded());
    }

    private List<SchemaDifference> differences(SchemaSnapshot expected) {
        if (equals(expected)) {
            return List.of();
        }
        Set<SchemaObject> all = new TreeSet<>(objects.keySet());
        all.addAll(expected.objects.keySet());
        Set<String> onlyHere = namesWithout(expected);
        Set<String> onlyThere = expected.namesWithout(this);
        List<SchemaDifference> differences = new ArrayList<>();
        for (SchemaObject object : all) {
            if (onlyHere.contains(object.container()) || onlyThere.contains(object.container())) {
                continue;
            }
            String wanted = expected.textsBeside(this).getOrDefault(object, SchemaDifference.NONE);
            String found = textsBeside(expected).getOrDefault(object, SchemaDifference.MISSING);
            if (!wanted.equals(found)) {
                differences.add(new SchemaDifference(object.kind(), object.name(), wanted, found));
            }
        }
        differences.addAll(orderDifferences(expected));
        return differences.stream().sorted().toList();
    }

    /** The picture as text, one line for each thing in it, in the order of their names. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        objects.forEach((object, text) -> lines.add(object.kind() + " " + object.name() + " " + text));
        columnOrders.forEach((table, columns) ->
                lines.add(SchemaKind.COLUMN_ORDER + " " + table + " " + String.join(", ", columns)));
        return lines;
    }

    /** The names of the databases in it. */
    public List<String> databases() {
        return objects.keySet().stream()
                .filter(object -> object.kind() == SchemaKind.DATABASE)
                .map(SchemaObject::simpleName)
                .toList();
    }

    /** Whether it is of a server that does not distinguish names of tables by their case. */
    boolean isFolded() {
        return isFolded;
    }

    boolean isMariaDb() {
        return mariaDb;
    }

    /**
     * All that is in the picture, by name, each with its definition in one spelling: a column such as {@code varchar(40)
     * utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'x'}, an index such as {@code UNIQUE (name, size)}.
     */
    public SortedMap<SchemaObject, String> objects() {
        return objects;
    }

    /** The names of the columns of each table, in their order, by the full name of the table. */
    public SortedMap<String, List<String>> columnOrders() {
        return columnOrders;
    }

    private SortedMap<SchemaObject, String> textsBeside(SchemaSnapshot other) {
        return mariaDb == other.mariaDb ? objects : neutralObjects;
    }

    /** The names of the databases, tables and views that the other picture does not have. */
    private Set<String> namesWithout(SchemaSnapshot other) {
        Set<String> names = new TreeSet<>();
        objects.keySet().stream()
                .filter(object -> !other.objects.containsKey(object))
                .map(SchemaObject::name)
                .forEach(names::add);
        // Everything in a database goes with it, also what is in its tables.
        objects.keySet().stream()
                .filter(object -> names.contains(object.container()))
                .map(SchemaObject::name)
                .forEach(names::add);
        return names;
    }

    private List<SchemaDifference> orderDifferences(SchemaSnapshot expected) {
        List<SchemaDifference> differences = new ArrayList<>();
        columnOrders.forEach((table, columns) -> {
            List<String> others = expected.columnOrders.getOrDefault(table, List.of());
            // A column that only one side has is a difference of its own, and moves no other column.
            String wanted = others.stream().filter(columns::contains).toList().toString();
            String found = columns.stream().filter(others::contains).toList().toString();
            if (!wanted.equals(found)) {
                differences.add(new SchemaDifference(SchemaKind.COLUMN_ORDER, table, wanted, found));
            }
        });
        return differences;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchemaSnapshot that
                && areSame(textsBeside(that), that.textsBeside(this))
                && columnOrders.equals(that.columnOrders);
    }

    /** In one pass over both: a map's own comparison would look each thing up. */
    private static boolean areSame(SortedMap<SchemaObject, String> texts, SortedMap<SchemaObject, String> others) {
        return new ArrayList<>(texts.entrySet()).equals(new ArrayList<>(others.entrySet()));
    }

    @Override
    public int hashCode() {
        return neutralObjects.hashCode() * 31 + columnOrders.hashCode();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
