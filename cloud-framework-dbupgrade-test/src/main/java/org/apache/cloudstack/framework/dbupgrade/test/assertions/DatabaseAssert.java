package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseRecords;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow.State;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what is in the databases. A table or view is named {@code vpc}, when it is in the first database, or
 * {@code cloud_usage.usage_event}. The schema is read once, when it is first asked for, so after a further upgrade start
 * again; rows are read each time. What MySQL and MariaDB merely write differently makes no difference.
 *
 * <pre>{@code
 * assertThat(database)
 *         .isAt("4.7.0")
 *         .isAsDeclared()
 *         .hasTable("vpc")
 *         .withColumn("redundant").ofType("tinyint(1)").notNull().withDefault("0")
 *         .withIndex("i_vpc__removed").on("removed")
 *         .and().hasView("account_vm_view").hasNoTable("host_tags_old");
 * }</pre>
 */
public final class DatabaseAssert extends TextAssert<DatabaseAssert, MigratedDatabase> {

    private @Nullable SeenSchema seen;

    DatabaseAssert(MigratedDatabase actual) {
        super(actual, DatabaseAssert.class);
    }

    /** The newest complete release is this one, and no migration is half done. */
    public DatabaseAssert isAt(String release) {
        DatabaseRecords records = actual.toNewest().records();
        String found = records.release().map(ReleaseVersion::toString).orElse("no release");
        if (!found.equals(ReleaseVersion.of(release).toString())) {
            throw failure("The database is at another release: expected " + release + ", found " + found + "."
                    + unfinished(records));
        }
        return isWhole();
    }

    /** No migration was started and is not done. */
    public DatabaseAssert isWhole() {
        DatabaseRecords records = actual.toNewest().records();
        if (!records.unfinished().isEmpty()) {
            throw failure("The database is between two releases." + unfinished(records));
        }
        return this;
    }

    /** The schema is that of {@code schema/<version>.json} of its release, and no verification query finds a row. */
    public DatabaseAssert isAsDeclared() {
        try {
            Verification verification = actual.toNewest().verify();
            if (!verification.isClean()) {
                throw failure(
                        "The database is not as its release declares.\n" + String.join("\n", verification.lines()));
            }
            return this;
        } catch (UpgradeRefusedException e) {
            throw failure("The database cannot be compared with its release.\n" + e.getMessage());
        }
    }

    /** The schema is equal to this picture, which may be of the other product. */
    public DatabaseAssert hasSchemaOf(SchemaSnapshot expected) {
        List<List<String>> rows = schema().snapshot().differencesFrom(expected.named(actual.schemas())).stream()
                .map(difference -> difference.brief())
                .map(brief -> List.of(brief.kind().toString(), brief.object(), brief.expected(), brief.found()))
                .toList();
        if (!rows.isEmpty()) {
            throw failure("The schema differs:\n"
                    + String.join("\n", new TextTable(List.of("what", "name", "expected", "found"), rows).lines()));
        }
        return this;
    }

    /** Each of these migrations was run here, from its beginning to its end. */
    public DatabaseAssert ran(String... migrations) {
        return require(State.DONE, "was not run", migrations);
    }

    /** Each of these is recorded without having been run, since its change came another way. */
    public DatabaseAssert foundAlreadyApplied(String... migrations) {
        return require(State.RECORDED, "was not found already applied", migrations);
    }

    /** None of these was started or recorded. */
    public DatabaseAssert doesNotKnow(String... migrations) {
        Collection<JournalRow> rows = journal();
        for (String migration : migrations) {
            if (find(rows, migration).isPresent()) {
                throw failure(migration + " is in the journal.\n" + text(rows));
            }
        }
        return this;
    }

    /** There is a table of this name; goes on with it. */
    public TableAssert hasTable(String name) {
        String table = schema().fullName(name);
        if (schema().definition(SchemaKind.TABLE, table).isEmpty()) {
            throw missing("table", SchemaKind.TABLE, table);
        }
        return new TableAssert(this, table);
    }

    /** There is a view of this name, which can be selected from; goes on with it. */
    public ViewAssert hasView(String name) {
        String view = schema().fullName(name);
        if (schema().definition(SchemaKind.VIEW, view).isEmpty()) {
            throw missing("view", SchemaKind.VIEW, view);
        }
        return ViewAssert.of(this, view);
    }

    /** There is no table of this name. */
    public DatabaseAssert hasNoTable(String name) {
        return hasNo("table", SchemaKind.TABLE, name);
    }

    /** There is no view of this name. */
    public DatabaseAssert hasNoView(String name) {
        return hasNo("view", SchemaKind.VIEW, name);
    }

    /** The rows of a query, by column label, for AssertJ's assertions about lists. */
    public ListAssert<Map<String, Object>> rowsOf(String query) {
        return Assertions.assertThat(actual.server().rows(query)).as("the rows of %s", query);
    }

    /** The one value that a query finds is this one, compared as text; null is NULL. */
    public DatabaseAssert finds(String query, @Nullable Object expected) {
        List<Map<String, Object>> rows = actual.server().rows(query);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw failure("One value is expected, and there are " + rows.size() + " rows of " + query);
        }
        String found = Cells.text(rows.get(0).values().iterator().next());
        if (!Cells.same(Cells.text(expected), found)) {
            throw failure(query + ": expected " + Cells.text(expected) + ", found " + found + ".");
        }
        return this;
    }

    MigratedDatabase database() {
        return actual;
    }

    SeenSchema schema() {
        SeenSchema known = seen;
        if (known == null) {
            known = new SeenSchema(actual.schema(), actual.schemas());
            seen = known;
        }
        return known;
    }

    private DatabaseAssert hasNo(String word, SchemaKind kind, String name) {
        String full = schema().fullName(name);
        if (schema().definition(kind, full).isPresent()) {
            throw failure("There is a " + word + " " + full + ", and none is expected.");
        }
        return this;
    }

    private AssertionError missing(String word, SchemaKind kind, String name) {
        List<String> names = schema().names(kind);
        String known = names.isEmpty() ? "There is none at all." : "There are:\n  " + String.join("\n  ", names);
        return failure("There is no " + word + " " + name + "." + NearNames.hint(name, names) + "\n" + known);
    }

    private DatabaseAssert require(State state, String words, String... migrations) {
        Collection<JournalRow> rows = journal();
        for (String migration : migrations) {
            if (find(rows, migration).filter(row -> row.state() == state).isEmpty()) {
                throw failure(migration + " " + words + ".\n" + text(rows));
            }
        }
        return this;
    }

    private static Optional<JournalRow> find(Collection<JournalRow> rows, String migration) {
        StoredProgramName name = StoredProgramName.of(migration);
        return rows.stream().filter(row -> name.names(row.key(), row.script())).findFirst();
    }

    private Collection<JournalRow> journal() {
        try (Connection connection = actual.dataSource().getConnection()) {
            return new Journal(actual.schemas().get(0)).rows(connection).values();
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return List.of();
            }
            throw new IllegalStateException("The journal could not be read", e);
        }
    }

    private static String text(Collection<JournalRow> rows) {
        List<List<String>> cells = rows.stream()
                .map(row -> List.of(row.release(), row.script(), row.state().name()))
                .sorted(Comparator.comparing(cell -> cell.get(1)))
                .toList();
        return String.join("\n", new TextTable(List.of("release", "script", "state"), cells).lines());
    }

    private static String unfinished(DatabaseRecords records) {
        return records.unfinished().isEmpty() ? "" : " Not done: " + String.join(", ", records.unfinished()) + ".";
    }
}
