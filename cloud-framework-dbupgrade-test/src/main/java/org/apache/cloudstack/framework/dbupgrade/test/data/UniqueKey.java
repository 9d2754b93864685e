package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A primary key or unique index.
 *
 * @param parts what has to differ; an expression has no column
 */
record UniqueKey(String name, List<Part> parts) {

    /**
     * A column of the key.
     *
     * @param column its name; empty for an expression
     * @param prefix how many characters of it count; 0 for all
     */
    record Part(String column, long prefix) {}

    List<String> columns() {
        return parts.stream().map(Part::column).toList();
    }

    @Override
    public String toString() {
        return name + " ("
                + columns().stream().map(c -> c.isEmpty() ? "an expression" : c).collect(Collectors.joining(", "))
                + ")";
    }
}
