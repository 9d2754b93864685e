package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** Turns what is seen of a routine into events. */
final class RoutineObserver implements RunObserver {

    private final RoutineStarted started;
    private final StatementWatch watch;
    private final UpgradeListener listener;
    private final List<String> notes;
    private long statements;

    /** Adds what the routine notes to the given list. */
    RoutineObserver(RoutineStarted started, StatementWatch watch, UpgradeListener listener, List<String> notes) {
        this.started = started;
        this.watch = watch;
        this.listener = listener;
        this.notes = notes;
    }

    /** How many statements were run. */
    long statements() {
        return statements;
    }

    @Override
    public void sending(SqlStatement statement) {
        watch.begin(started, statement);
    }

    @Override
    public void answered() {
        watch.end();
    }

    @Override
    public void progress(String unit, long done, long total) {
        if (unit.equals(STATEMENT)) {
            statements++;
        }
        listener.on(new UpgradeEvent.RoutineProgressed(started, unit, done, total));
    }

    @Override
    public void blocked(SqlStatement statement, String blockers, Duration pause) {
        listener.on(new UpgradeEvent.StatementBlocked(started, statement.number(), blockers, pause));
    }

    @Override
    public void note(String text) {
        notes.add(started.routine().script() + ": " + text);
        listener.on(new UpgradeEvent.RoutineNoted(started, text));
    }
}
