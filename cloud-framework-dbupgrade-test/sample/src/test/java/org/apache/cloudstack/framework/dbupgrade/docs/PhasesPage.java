package org.apache.cloudstack.framework.dbupgrade.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Change;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ColumnChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.KeyChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Manual;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.PhaseTable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Row;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.RowChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ServerVersionRange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.TableChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.TypeChange;

/** Writes the table of phases down for people. */
final class PhasesPage {

    private static final String HEAD = """
            # Phases

            After this page you know what a kind of change means for older nodes that run meanwhile, and how each database
            server performs it.

            `lint`, `plan` and the checks before an upgrade read this table; `mvn -Ppages` writes the page from it.

            **Phase**: `expand` can run while older nodes run, `migrate` changes rows only, `contract` waits until no older
            node is left. Older nodes do not know what a release itself brought: any change of a table or column of the
            same release is `expand`, and so are a unique index or a foreign key with a new column that is NULL unless it is
            given, and a check on new columns alone. The migrations before show what a column, an index or a constraint was;
            where they do not, and where the effect of a statement is unknown, it counts as `contract`, unless the
            [directive](directives.md) `phase` classifies it.

            **How**: what the server does by itself with a plain InnoDB table.

            """;

    private static final String TAIL = """
            MySQL cannot change at once a table with a full-text index, a compressed one, or one that was changed at once 64 times
            (from 9.1: 255 times), and uses the next way; so does MariaDB for a table with a full-text index. A change of
            several parts uses the last way of all in the list above. A change of a name, of rows, or of a whole object takes
            no ALGORITHM: such changes are *plain*.

            ## How the table is known to hold

            `PhaseTableServerTest` runs the example of every row on an embedded MariaDB 11.4 and 10.11, and on the server that the tests
            are given, which is MySQL 9.7 in continuous integration and was MariaDB 11.8 once: the server accepts the words of its
            cell, refuses all words above them in the list, and keeps the rows in place exactly where the cell says so. The
            column of MySQL 8.0 to 8.0.28, and all versions that are not named here, follow the manuals alone; where those do not
            cover a row, MySQL 8.0 to 8.0.28 counts as the slower way. Examples start with this table and these rows:

            """;

    private PhasesPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| how | asked for with | all rows are rewritten | others can write |\n|---|---|---|---|\n");
        Stream.of(AlterAlgorithm.values())
                .filter(way -> way != AlterAlgorithm.NOT_THERE && way != AlterAlgorithm.PLAIN)
                .forEach(way -> page.append("| " + way + " | `"
                        + String.join(", ", way.clauses()) + "` | "
                        + (way.writesTable() ? "yes" : "no") + " | " + (way.blocksWriters() ? "no" : "yes") + " |\n"));
        page.append('\n').append(TAIL).append("```sql\n");
        Row.TABLE.forEach(statement -> page.append(statement).append(";\n"));
        page.append("```\n");
        sections().forEach((title, changes) -> section(page, title, changes));
        return page.toString();
    }

    private static Map<String, List<Change>> sections() {
        return PhaseTable.rows().stream()
                .collect(Collectors.groupingBy(PhasesPage::title, LinkedHashMap::new, Collectors.toList()));
    }

    private static String title(Change change) {
        if (change instanceof ColumnChange) {
            return "Columns";
        }
        if (change instanceof TypeChange) {
            return "Types of columns";
        }
        if (change instanceof KeyChange) {
            return "Indexes and constraints";
        }
        if (change instanceof TableChange) {
            return "Tables and databases";
        }
        return change instanceof RowChange ? "Rows" : "Views and stored programs";
    }

    private static void section(StringBuilder page, String title, List<Change> changes) {
        page.append("\n## ").append(title).append("\n\n| to | phase | what an older node sees | ");
        Stream.of(ServerVersionRange.values()).forEach(line -> page.append(line).append(" | "));
        page.append("source |\n|---|---|---|---|---|---|---|---|\n");
        changes.forEach(change -> page.append(line(change)));
        page.append("\nExamples:\n\n```sql\n");
        changes.forEach(change -> example(page, change));
        page.append("```\n");
    }

    private static String line(Change change) {
        Row row = change.row();
        String ways = Stream.of(ServerVersionRange.values())
                .map(line -> row.ways().on(line).toString())
                .collect(Collectors.joining(" | "));
        Manual manual = row.manual();
        return "| " + row.what() + " | `" + row.phase().name().toLowerCase(Locale.ROOT) + "` | " + row.why() + " | "
                + ways + " | [MySQL](" + manual.mySql() + "), [MariaDB](" + manual.mariaDb() + ") |\n";
    }

    private static void example(StringBuilder page, Change change) {
        page.append("-- ").append(change.row().what()).append('\n');
        change.row().given().forEach(statement -> page.append("-- given: ")
                .append(statement)
                .append('\n'));
        change.row().example().forEach(statement -> page.append(statement).append(";\n"));
    }
}
