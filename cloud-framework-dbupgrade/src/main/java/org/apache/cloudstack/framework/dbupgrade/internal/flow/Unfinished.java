package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;

/** Finds in the journal what is half done, with the statement of the script as it is now. */
public final class Unfinished {

    private final List<Migration> migrations;

    /**
     * Among these.
     *
     * @param migrations the migrations of the code, in their order
     */
    Unfinished(Collection<Migration> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    List<HalfDone> among(Collection<JournalRow> rows) {
        List<HalfDone> halfDone = new ArrayList<>();
        boolean isBegun = false;
        for (JournalRow row : rows.stream()
                .filter(row -> !row.state().isInDatabase() && !isStopped(row))
                .sorted(Comparator.comparingInt(this::position).thenComparing(JournalRow::key))
                .toList()) {
            // of a series, all intents are written before the first one is run
            boolean isIntent = row.state() == JournalRow.State.RUNNING && row.statementsDone() == 0;
            if (!isIntent || !isBegun) {
                halfDone.add(of(row));
            }
            isBegun = true;
        }
        return halfDone;
    }

    /** What runs in the background stops at a checkpoint when others need the databases, and goes on later. */
    private boolean isStopped(JournalRow row) {
        return row.state() == JournalRow.State.RUNNING
                && migration(row)
                        .filter(migration -> migration.directives().background())
                        .isPresent();
    }

    private int position(JournalRow row) {
        return migration(row).map(migrations::indexOf).orElse(migrations.size());
    }

    private Optional<Migration> migration(JournalRow row) {
        return migrations.stream().filter(each -> each.key().equals(row.key())).findFirst();
    }

    private HalfDone of(JournalRow row) {
        Optional<Migration> migration = migration(row);
        if (migration.filter(each -> each.source() instanceof Source.Java).isPresent()) {
            return new HalfDone(row.script(), 0, 0, 0, "", row.failure());
        }
        int number = row.statementsDone() + 1;
        List<SqlStatement> statements = migration.map(this::statements).orElse(List.of());
        if (number > statements.size()) {
            return new HalfDone(row.script(), number, row.statementsTotal(), 0, "", row.failure());
        }
        SqlStatement statement = statements.get(number - 1);
        return new HalfDone(
                row.script(),
                number,
                statements.size(),
                statement.line(),
                MaskedStatement.ofUnreadable(statement),
                row.failure());
    }

    private List<SqlStatement> statements(Migration migration) {
        try {
            return migration.statements();
        } catch (UnreadableScriptException e) {
            // an edited script is refused for that elsewhere
            return List.of();
        }
    }
}
