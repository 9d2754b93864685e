package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * What an upgrade leaves behind.
 *
 * @param schema the schemas
 * @param tables the contents of all tables, by their full names
 * @param records what the records say of each routine and release, by what they are; not when
 */
record Ending(SchemaSnapshot schema, SortedMap<String, TableContents> tables, SortedMap<String, String> records) {

    private static final String NOTHING = "nothing";

    /** What is different here, in sentences without values of rows. */
    List<String> differencesFrom(Ending expected) {
        List<String> differences = new ArrayList<>();
        schema.differencesFrom(expected.schema).forEach(difference -> differences.add("Schema: " + difference));
        for (String table : expected.tables.keySet()) {
            TableContents found = tables.get(table);
            TableContents wanted = expected.tables.get(table);
            if (found != null && wanted != null) {
                found.differenceFrom(wanted).ifPresent(words -> differences.add("Rows of " + table + ": " + words));
            }
        }
        SortedSet<String> subjects = new TreeSet<>(expected.records.keySet());
        subjects.addAll(records.keySet());
        for (String subject : subjects) {
            String wanted = expected.records.getOrDefault(subject, NOTHING);
            String found = records.getOrDefault(subject, NOTHING);
            if (!wanted.equals(found)) {
                differences.add("Records of " + subject + ": expected " + wanted + ", found " + found);
            }
        }
        return differences;
    }

    Ending {
        tables = new TreeMap<>(tables);
        records = new TreeMap<>(records);
    }
}
