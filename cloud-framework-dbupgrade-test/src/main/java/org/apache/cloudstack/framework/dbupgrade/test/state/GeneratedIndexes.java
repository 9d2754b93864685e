package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Indexes that the server made for foreign keys. It writes them like any other, but drops one as soon as another index serves
 * its key; those that are created by name it keeps. So a table that has some is created by a text that lets the server make
 * them again.
 */
final class GeneratedIndexes {

    private static final String PROBE = "probe_of_generated_indexes";

    private static final Pattern INDEX = Pattern.compile("  KEY `((?:[^`]|``)+)` \\(([^()]+)\\),?");
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("  CONSTRAINT `((?:[^`]|``)+)` (FOREIGN KEY) \\(([^()]+)\\)( REFERENCES .*?),?");

    /** An end of the name that the server gave, by counting the unnamed foreign keys of the table. */
    private static final Pattern COUNTED = Pattern.compile(".*_ibfk_\\d+");

    private final ServerSession session;
    private final String probe;

    /** Tries tables out in a database that the caller drops. */
    GeneratedIndexes(ServerSession session, String schema) {
        this.session = session;
        this.probe = Identifier.quote(schema, PROBE);
    }

    /** A statement that creates the table with the same indexes generated; empty where it has none. */
    Optional<String> creation(DefinedObject table, Definition definition) throws SQLException {
        List<String> lines = Arrays.asList(definition.statement().split("\n"));
        Map<Integer, Integer> candidates = candidates(lines);
        if (!candidates.isEmpty()) {
            keepGenerated(table, lines, candidates);
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of(text(lines, candidates));
    }

    /** Lines of indexes, each with that of a foreign key on the same columns. */
    private static Map<Integer, Integer> candidates(List<String> lines) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher key = FOREIGN_KEY.matcher(lines.get(i));
            if (key.matches()) {
                keys.putIfAbsent(key.group(3).replace("`, `", "`,`"), i);
            }
        }
        Map<Integer, Integer> candidates = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher index = INDEX.matcher(lines.get(i));
            if (index.matches() && keys.containsKey(index.group(2))) {
                candidates.put(i, keys.get(index.group(2)));
            }
        }
        return candidates;
    }

    /** A table that is created like another has its indexes as they are; the generated ones are replaced by new ones. */
    private void keepGenerated(DefinedObject table, List<String> lines, Map<Integer, Integer> candidates)
            throws SQLException {
        session.run("CREATE TABLE " + probe + " LIKE " + table.quoted());
        List<String> additions = new ArrayList<>();
        for (int line : candidates.keySet()) {
            Matcher index = INDEX.matcher(lines.get(line));
            if (index.matches()) {
                additions.add("ADD INDEX `" + PROBE + additions.size() + "` (" + index.group(2) + ")");
            }
        }
        session.run("ALTER TABLE " + probe + " " + String.join(", ", additions));
        String left = session.rows("SHOW CREATE TABLE " + probe).get(0).getOrDefault("create table", "");
        session.run("DROP TABLE " + probe);
        candidates.keySet().removeIf(line -> left.contains(lines.get(line).replaceFirst(",$", "")));
    }

    /** Puts foreign keys where their indexes are listed, as this is where the server makes those. */
    private static String text(List<String> lines, Map<Integer, Integer> generated) {
        int end = lines.indexOf(
                lines.stream().filter(line -> line.startsWith(")")).findFirst().orElseThrow());
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < end; i++) {
            Integer key = generated.get(i);
            if (!generated.containsValue(i)) {
                String line = key == null ? lines.get(i) : foreignKey(lines.get(key), lines.get(i));
                parts.add(line.replaceFirst(",$", ""));
            }
        }
        return lines.get(0) + "\n" + String.join(",\n", parts) + "\n"
                + String.join("\n", lines.subList(end, lines.size()));
    }

    /** A generated index has the name of its foreign key, or that of its first column when the key was given none. */
    private static String foreignKey(String key, String index) {
        Matcher definition = FOREIGN_KEY.matcher(key);
        Matcher its = INDEX.matcher(index);
        boolean isUnnamed = definition.matches()
                && its.matches()
                && !definition.group(1).equals(its.group(1))
                && COUNTED.matcher(definition.group(1)).matches();
        return isUnnamed ? "  FOREIGN KEY (" + definition.group(3) + ")" + definition.group(4) : key;
    }
}
