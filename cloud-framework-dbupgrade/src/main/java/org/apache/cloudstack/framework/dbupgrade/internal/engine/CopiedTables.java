package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.TableAlteration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/** The tables of one script that an executable changes by a copy, where the server cannot leave them usable meanwhile. */
final class CopiedTables {

    private final Migration migration;
    private final TableCopier copier;
    private final OnlineRewriting online;
    private final JournalWriter journal;
    private final Throttle way;
    private final RunObserver observer;

    CopiedTables(
            Migration migration,
            TableCopier copier,
            OnlineRewriting online,
            JournalWriter journal,
            Throttle way,
            RunObserver observer) {
        this.migration = migration;
        this.copier = copier;
        this.online = online;
        this.journal = journal;
        this.way = way;
        this.observer = observer;
    }

    /** How the server is asked first to leave the table usable. */
    OnlineRewriting online() {
        return online;
    }

    /** What a statement changes, and in which database; empty when it changes no table, or says itself how. */
    Optional<TableAlteration> alteration(SqlStatement statement) throws SQLException {
        Optional<TableAlteration> alteration = TableAlteration.of(statement.text());
        if (alteration.isPresent()) {
            alteration = currentDatabase().map(alteration.get()::in);
        }
        return alteration.filter(each -> !online.textsToTry(each.statement()).contains(each.statement()));
    }

    private Optional<String> currentDatabase() throws SQLException {
        try (Statement jdbc = journal.connection().createStatement();
                ResultSet row = jdbc.executeQuery("SELECT DATABASE()")) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    /** Makes the change; false when the server is to make it. */
    boolean copy(SqlStatement statement, TableAlteration alteration) throws SQLException {
        Optional<String> objection = copier.copy(journal.connection(), copying(statement, alteration));
        objection.ifPresent(why -> observer.note("the server itself changes the table " + alteration.table()
                + " in statement " + statement.number() + ": " + why));
        return objection.isEmpty();
    }

    /** Removes what a run left that was killed in a statement. */
    void removeRemains(SqlStatement statement) throws SQLException {
        Optional<TableAlteration> alteration = alteration(statement);
        if (alteration.isPresent()) {
            copier.removeRemains(journal.connection(), copying(statement, alteration.get()));
        }
    }

    private TableCopier.Copying copying(SqlStatement statement, TableAlteration alteration) {
        return new TableCopier.Copying(migration.key() + "#" + statement.number(), alteration, observer, () -> {
            journal.checkBeforeStatement();
            return way.reasonToWait(journal.connection());
        });
    }
}
