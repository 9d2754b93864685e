package org.apache.cloudstack.framework.dbupgrade.osc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.osc.TableShape.Column;

/**
 * Whether an executable that copies rows one by one, passing over those that do not fit, makes of a table what the server does.
 *
 * @param before the table
 * @param after an empty one that the server changed
 */
record PtOscEligibility(TableShape before, TableShape after) {

    private static final String PRIMARY = "PRIMARY";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$]+");

    /** What the executable would do otherwise, as a clause; empty when there is nothing. */
    Optional<String> objection() {
        if (!before.uniqueKeys().containsKey(PRIMARY)
                || !before.uniqueKeys().get(PRIMARY).equals(after.uniqueKeys().get(PRIMARY))) {
            return Optional.of("it has no primary key, or gets another one");
        }
        if (!before.uniqueKeys().values().containsAll(after.uniqueKeys().values())) {
            return Optional.of("it gets a unique key, and of rows that are the same in it all but one would be lost");
        }
        if (!after.definition().contains("ENGINE=InnoDB") || after.definition().contains("PARTITION BY")) {
            return Optional.of("it gets another engine, or partitions");
        }
        return ofColumns();
    }

    private Optional<String> ofColumns() {
        Set<String> gone = without(before, after);
        Set<String> come = without(after, before);
        if (!gone.isEmpty() && !come.isEmpty()) {
            return Optional.of("columns come and go in one statement, of which one may be the other renamed");
        }
        if (!before.columns().keySet().stream()
                        .allMatch(name -> PLAIN.matcher(name).matches())
                || before.columns().values().stream().anyMatch(Column::isGenerated)) {
            return Optional.of(
                    "it has generated columns, or columns with other characters in their names than letters, digits and _");
        }
        for (Map.Entry<String, Column> added : after.columns().entrySet()) {
            if (come.contains(added.getKey()) && !isFilled(added.getValue())) {
                return Optional.of("the column " + added.getKey() + " is added without a default");
            }
        }
        return ofKeptColumns();
    }

    private static boolean isFilled(Column column) {
        boolean filled = column.nullable() || column.value() != null || column.isGenerated();
        return filled && !column.extra().contains("auto_increment");
    }

    private Optional<String> ofKeptColumns() {
        Set<String> unique = keyParts();
        for (Map.Entry<String, Column> column : before.columns().entrySet()) {
            Column kept = after.columns().get(column.getKey());
            if (kept == null) {
                continue;
            }
            LosslessConversion fit = new LosslessConversion(column.getValue(), kept);
            if (kept.isGenerated() || !(unique.contains(column.getKey()) ? fit.holdsInKey() : fit.holds())) {
                return Optional.of("not every value of the column " + column.getKey() + " is sure to stay as it is");
            }
        }
        return Optional.empty();
    }

    private Set<String> keyParts() {
        return after.uniqueKeys().values().stream()
                .flatMap(List::stream)
                .map(part -> part.replaceFirst("\\(\\d+\\)$", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> without(TableShape some, TableShape others) {
        Set<String> names = new TreeSet<>(some.columns().keySet());
        names.removeAll(others.columns().keySet());
        return names;
    }
}
