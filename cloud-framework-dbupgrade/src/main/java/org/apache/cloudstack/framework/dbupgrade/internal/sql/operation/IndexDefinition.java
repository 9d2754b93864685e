package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An index.
 *
 * @param name its name; empty when the server is to choose one
 * @param kind what it is for
 * @param parts what it is made of, in order
 */
public record IndexDefinition(Optional<String> name, Kind kind, List<Part> parts) {

    /** What an index is for. */
    public enum Kind {
        PLAIN,
        UNIQUE,
        PRIMARY,
        FULLTEXT,
        SPATIAL;

        /** Whether rows must differ in it. */
        public boolean forbidsDoubles() {
            return this == UNIQUE || this == PRIMARY;
        }
    }

    /**
     * One part of an index.
     *
     * @param text its SQL: a column, a column with a length or a direction, or an expression
     * @param columns the columns in it
     */
    public record Part(String text, Set<String> columns) {

        public Part {
            columns = Set.copyOf(columns);
        }
    }

    public IndexDefinition {
        parts = List.copyOf(parts);
    }

    /** The columns of all parts. */
    public Set<String> columns() {
        return parts.stream().flatMap(part -> part.columns().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Its name, or the one that the server chooses when no other index has it. */
    public String effectiveName() {
        if (kind == Kind.PRIMARY) {
            return "PRIMARY";
        }
        return name.orElseGet(() -> parts.isEmpty()
                ? ""
                : parts.get(0).columns().stream().findFirst().orElse("functional_index"));
    }
}
