package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;

/**
 * The rows of all tables.
 *
 * @param tables by the full name of the table, and what identifies its rows: the values of each column
 */
record Contents(Map<String, Map<String, Map<String, String>>> tables) {

    private static final int MOST_OF_A_TABLE = 10;

    /** What is different here from the expected rows, in tables and columns that both have. */
    List<Difference> differencesFrom(Contents expected) {
        List<Difference> differences = new ArrayList<>();
        tables.forEach((table, rows) -> {
            Map<String, Map<String, String>> wanted = expected.tables.get(table);
            if (wanted != null) {
                List<Difference> all = differences(table, wanted, rows);
                differences.addAll(all.subList(0, Math.min(all.size(), MOST_OF_A_TABLE)));
                if (all.size() > MOST_OF_A_TABLE) {
                    differences.add(new Difference(
                            "row", table, "and " + (all.size() - MOST_OF_A_TABLE) + " more differences", ""));
                }
            }
        });
        return differences;
    }

    private static List<Difference> differences(
            String table, Map<String, Map<String, String>> expected, Map<String, Map<String, String>> found) {
        List<Difference> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            Map<String, String> wanted = expected.get(key);
            Map<String, String> here = found.get(key);
            String name = table + "[" + key + "]";
            if (wanted == null) {
                differences.add(Difference.ofRow(name, SchemaDifference.NONE, text(Objects.requireNonNull(here))));
            } else if (here == null) {
                differences.add(Difference.ofRow(name, text(wanted), SchemaDifference.MISSING));
            } else {
                here.forEach((column, value) -> {
                    String other = wanted.getOrDefault(column, value);
                    if (!other.equals(value)) {
                        differences.add(Difference.ofRow(name + "." + column, other, value));
                    }
                });
            }
        }
        return differences;
    }

    private static String text(Map<String, String> row) {
        return new TreeMap<>(row).toString();
    }
}
