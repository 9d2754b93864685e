package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.MigrationStarted;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Turns what is seen of a migration into events. */
public final class MigrationObserver implements RunObserver {

    private final MigrationStarted started;
    private final LongStatementMonitor watch;
    private final UpgradeListener listener;
    private final List<String> notes;
    private final ProgressRate pace = new ProgressRate();
    private long statements;
    private boolean progressed;

    /** Adds what the migration notes to the given list. */
    MigrationObserver(
            MigrationStarted started, LongStatementMonitor watch, UpgradeListener listener, List<String> notes) {
        this.started = started;
        this.watch = watch;
        this.listener = listener;
        this.notes = notes;
    }

    /** How many statements were run. */
    long statements() {
        return statements;
    }

    /** Whether something of it was committed. */
    boolean hasProgressed() {
        return progressed;
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
            progressed = true;
        }
        double perSecond = unit.equals(STATEMENT) ? 0 : pace.perSecond(done);
        listener.on(new UpgradeEvent.MigrationProgressed(started, unit, done, total, perSecond));
    }

    @Override
    public void blocked(SqlStatement statement, String blockers, Duration pause) {
        listener.on(new UpgradeEvent.StatementBlocked(started, statement.number(), blockers, pause));
    }

    @Override
    public void checkpointed() {
        progressed = true;
    }

    @Override
    public void waiting(String reason) {
        listener.on(new UpgradeEvent.MigrationWaiting(started, reason));
    }

    @Override
    public void note(String text) {
        notes.add(started.migration().script() + ": " + text);
        listener.on(new UpgradeEvent.MigrationNoted(started, text));
    }
}
