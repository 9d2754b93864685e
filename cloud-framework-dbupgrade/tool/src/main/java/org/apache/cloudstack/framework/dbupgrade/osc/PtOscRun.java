package org.apache.cloudstack.framework.dbupgrade.osc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.OptionsFile;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.CopyFailedException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Retries;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier.Copying;

/** The copying of one table: by the executable until all rows are there, and by this connection from then on. */
final class PtOscRun {

    private static final String UNIT = "percent of the rows copied";
    private static final int ALL = 100;
    private static final Set<Integer> LOCKED_OUT = Set.of(1205, 1213);

    private final Connection connection;
    private final Copying copying;
    private final TableCopy copy;
    private final RetryPolicy locks;
    private int told = -1;

    PtOscRun(Connection connection, Copying copying, TableCopy copy, RetryPolicy locks) {
        this.connection = connection;
        this.copying = copying;
        this.copy = copy;
        this.locks = locks;
    }

    /**
     * Makes the copy, and puts it in the table's place.
     *
     * @param wanted what the copy has to be like
     * @return why the executable did not start; empty when all is done
     */
    Optional<String> run(Path program, DumpTarget target, long lockSeconds, TableShape wanted) throws SQLException {
        CopyCommand command = new CopyCommand(copy, copying.alteration().changes(), lockSeconds);
        String options = OptionsFile.textForPerl(target, firstStatement());
        try {
            Optional<String> objection = copied(program, command, options);
            if (objection.isEmpty()) {
                guardAlike(wanted);
                swap();
            }
            return objection;
        } catch (SQLException e) {
            try {
                removeCopy();
            } catch (SQLException again) {
                // the next run removes it
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** The executable's last statement may not have ended with it. */
    private void removeCopy() throws SQLException {
        Retries retries = new Retries(locks, InstantSource.system());
        while (true) {
            try {
                copy.remove(connection);
                return;
            } catch (SQLException e) {
                Optional<Duration> pause =
                        LOCKED_OUT.contains(e.getErrorCode()) ? retries.pauseAfterFailure() : Optional.empty();
                if (pause.isEmpty()) {
                    throw e;
                }
                retries.pause(pause.get());
            }
        }
    }

    private Optional<String> copied(Path program, CopyCommand command, String options) throws SQLException {
        try (CopyProcess process = CopyProcess.start(program, command, options)) {
            while (!process.hasEnded()) {
                Optional<String> reason = copying.maxWait().reasonToWait();
                process.pause(reason.isPresent());
                reason.ifPresent(copying.observer()::waiting);
                tell(process.words().percent());
            }
            if (process.exit() == 0) {
                return Optional.empty();
            }
            String words = program.getFileName() + " ended with code " + process.exit() + ": "
                    + process.words().last();
            if (!process.words().hasBegun()) {
                return Optional.of(words);
            }
            throw new CopyFailedException(words);
        } catch (IOException e) {
            return Optional.of(program.getFileName() + " could not be run: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CopyFailedException("the upgrade was interrupted while " + program.getFileName() + " ran");
        }
    }

    private void tell(OptionalInt percent) {
        if (percent.isPresent() && percent.getAsInt() > told) {
            told = percent.getAsInt();
            copying.observer().progress(UNIT, told, ALL);
        }
    }

    /**
     * The session of the triggers is that of the migration; the lock shows that the executable works, wherever it runs; and the
     * executable copies in portions only where it reads from a plan, in the form of old, how many rows there are.
     */
    private String firstStatement() throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SELECT @@SESSION.sql_mode")) {
            row.next();
            return "SET SESSION sql_mode = '" + row.getString(1) + "', @dbupgrade = GET_LOCK('" + copy.copy() + "', 0)"
                    + (hasFormsOfPlans() ? ", explain_format = 'TRADITIONAL'" : "");
        }
    }

    private boolean hasFormsOfPlans() throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet found = jdbc.executeQuery("SHOW VARIABLES LIKE 'explain\\_format'")) {
            return found.next();
        }
    }

    private void guardAlike(TableShape wanted) throws SQLException {
        TableShape made = TableShape.of(connection, copy.copied());
        connection.commit();
        if (!made.equals(wanted)) {
            throw new CopyFailedException("the copy is not like what the server makes of the table itself");
        }
    }

    /** Which nobody sees half done; the table that was replaced is not needed any more, whatever becomes of it. */
    private void swap() throws SQLException {
        Retries retries = new Retries(locks, InstantSource.system());
        while (true) {
            try {
                copying.maxWait().reasonToWait();
                copy.swap(connection);
                break;
            } catch (SQLException e) {
                Optional<Duration> pause =
                        LOCKED_OUT.contains(e.getErrorCode()) ? retries.pauseAfterFailure() : Optional.empty();
                if (pause.isEmpty()) {
                    throw e;
                }
                copying.observer()
                        .waiting("others hold the table " + copy.table().name() + ", whose copy is ready");
                retries.pause(pause.get());
            }
        }
        try {
            copy.dropReplaced(connection);
        } catch (SQLException e) {
            copying.observer()
                    .note("the table " + copy.replaced() + ", which is the old " + copy.table()
                            + ", could not be dropped, and may be");
        }
    }

    /** Waits for the end of an executable that outlived its run, and removes what it made. */
    void removeRemains() throws SQLException {
        Retries retries = new Retries(locks, InstantSource.system());
        OptionalLong holder = TableCopy.holder(connection, copy.copy());
        while (holder.isPresent()) {
            Optional<Duration> pause = retries.pauseAfterFailure();
            if (pause.isEmpty()) {
                throw new CopyFailedException("the executable of an earlier run still copies the table "
                        + copy.table().name() + ", on connection " + holder.getAsLong()
                        + ": end it on the machine where it runs");
            }
            copying.maxWait().reasonToWait();
            copying.observer()
                    .waiting("an executable of an earlier run still copies the table "
                            + copy.table().name());
            retries.pause(pause.get());
            holder = TableCopy.holder(connection, copy.copy());
        }
        copy.remove(connection);
        connection.commit();
    }
}
