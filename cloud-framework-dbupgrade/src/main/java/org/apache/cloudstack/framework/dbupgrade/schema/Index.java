package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;

/** An index, a unique key or the primary key. Immutable. */
public final class Index implements TablePart {

    private static final int MOST_PARTS = 16;

    private final Optional<String> name;
    private final IndexDefinition.Kind kind;
    private final List<Part> parts;

    /**
     * A column in an index.
     *
     * @param column its name
     * @param length how many characters, or bytes, of it count; 0 for all
     * @param descending whether the greatest comes first
     */
    public record Part(String column, int length, boolean descending) {

        private String words(String name) {
            return name + (length > 0 ? "(" + length + ")" : "") + (descending ? " DESC" : "");
        }
    }

    private Index(Optional<String> name, IndexDefinition.Kind kind, List<Part> parts) {
        this.name = name;
        this.kind = kind;
        this.parts = List.copyOf(parts);
    }

    /** An index to find rows by. */
    public static Index index(String name, String... columns) {
        return new Index(Optional.of(name), IndexDefinition.Kind.PLAIN, whole(columns));
    }

    /** An index in which no two rows are the same. */
    public static Index unique(String name, String... columns) {
        return new Index(Optional.of(name), IndexDefinition.Kind.UNIQUE, whole(columns));
    }

    /** The primary key. */
    public static Index primaryKey(String... columns) {
        return new Index(Optional.empty(), IndexDefinition.Kind.PRIMARY, whole(columns));
    }

    /** An index of words. */
    public static Index fulltext(String name, String... columns) {
        return new Index(Optional.of(name), IndexDefinition.Kind.FULLTEXT, whole(columns));
    }

    /** With one more column after the others. */
    public Index and(String column) {
        return and(new Part(column, 0, false));
    }

    /** With the beginning of one more column. */
    public Index andPrefix(String column, int length) {
        return and(new Part(column, length, false));
    }

    /** With one more column, the greatest first; MariaDB before 10.8 reads the word and does not heed it. */
    public Index andDescending(String column) {
        return and(new Part(column, 0, true));
    }

    /** With one more part after the others. */
    public Index and(Part part) {
        return new Index(
                name, kind, Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    String label() {
        return name.map(text -> "index " + text).orElse("primary key");
    }

    Optional<String> name() {
        return name;
    }

    IndexDefinition.Kind kind() {
        return kind;
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether it starts with the column, so that the server can count that up. */
    boolean beginsWith(String column) {
        return !parts.isEmpty() && parts.get(0).column().equalsIgnoreCase(column);
    }

    Optional<String> objection() {
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            return Optional.of("it has " + parts.size() + " columns, and 1 to " + MOST_PARTS + " are possible");
        }
        if (name.filter("PRIMARY"::equalsIgnoreCase).isPresent()) {
            return Optional.of("only the primary key is named PRIMARY");
        }
        Set<String> seen = new HashSet<>();
        for (Part part : parts) {
            if (!seen.add(part.column().toLowerCase(Locale.ROOT))) {
                return Optional.of("column " + part.column() + " is in it twice");
            }
            boolean whole = part.length() == 0 && !part.descending();
            if (part.length() < 0 || kind == IndexDefinition.Kind.FULLTEXT && !whole) {
                return Optional.of("column " + part.column() + " cannot be in it with this length or direction");
            }
        }
        return DatabaseNames.firstObjection(
                name.stream().toList(), parts.stream().map(Part::column).toList());
    }

    /** @param guard the words that make the statement do nothing when there is such an index */
    String sql(String guard) {
        String words =
                switch (kind) {
                    case PRIMARY -> "PRIMARY KEY";
                    case UNIQUE -> "UNIQUE INDEX";
                    case FULLTEXT -> "FULLTEXT INDEX";
                    case SPATIAL -> "SPATIAL INDEX";
                    case PLAIN -> "INDEX";
                };
        return words + " " + guard
                + name.map(text -> Identifier.quote(text) + " ").orElse("")
                + parts.stream()
                        .map(part -> part.words(Identifier.quote(part.column())))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static List<Part> whole(String... columns) {
        return Stream.of(columns).map(column -> new Part(column, 0, false)).toList();
    }
}
