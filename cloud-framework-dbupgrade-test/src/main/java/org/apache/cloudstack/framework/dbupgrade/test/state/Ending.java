package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * What upgrades left behind, in a few kilobytes: the schemas, the rows of all tables in checksums, and what the records of
 * the upgrade say; not when. Two that are equal hold the same in every row.
 *
 * <pre>{@code
 * Ending undisturbed = Ending.of(database.server(), database.schemas());
 * ...
 * assertThat(Ending.of(database.server(), database.schemas()).differencesFrom(undisturbed)).isEmpty();
 * }</pre>
 *
 * @param schema the schemas
 * @param tables the contents of all tables, by their full names
 * @param records what the records say of each migration, release and checkpoint, by what they are
 */
public record Ending(
        SchemaSnapshot schema, SortedMap<String, TableContents> tables, SortedMap<String, String> records) {

    private static final String NOTHING = "nothing";

    /** Cannot be changed. */
    public Ending {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    /**
     * Reads it. Nothing may write to the databases meanwhile.
     *
     * @param schemas the databases of an upgrade, its own first
     * @throws IllegalStateException when the server does not let it be read, or no upgrade has been there
     */
    public static Ending of(TestDatabase database, List<String> schemas) {
        return of(database, schemas, Set.of());
    }

    /**
     * Reads it without some columns.
     *
     * @param schemas the databases of an upgrade, its own first
     * @param ignoring columns that each run fills again, written {@code cloud.event.created}
     * @throws IllegalStateException when the server does not let it be read, or no upgrade has been there
     */
    public static Ending of(TestDatabase database, List<String> schemas, Set<String> ignoring) {
        return new EndingReader(schemas, ignoring).read(database.dataSource());
    }

    /**
     * What is different here, in sentences without values of rows. Gaps in what the server counts are no difference: what was
     * rolled back leaves them.
     */
    public List<String> differencesFrom(Ending expected) {
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
}
