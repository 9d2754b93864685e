package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/**
 * What is to be noted of one migration.
 *
 * @param state how far it came
 * @param done how many statements are done
 * @param begun the next one, where it commits by itself, so that its intent is written before it is sent; else as many as are
 *     done, and -1 where it does not go on now
 * @param total how many statements there are; 1 for a Java migration
 * @param chain the hash over the statements done
 */
public record JournalEntry(
        Migration migration, JournalRow.State state, int done, int begun, int total, ScriptHash chain) {

    private static final int NOTHING = -1;

    /** A migration that does not go on now. */
    static JournalEntry at(Migration migration, JournalRow.State state, int done, int total, ScriptHash chain) {
        return new JournalEntry(migration, state, done, NOTHING, total, chain);
    }

    /** A Java migration that is started. */
    public static JournalEntry begun(Migration migration) {
        return new JournalEntry(migration, JournalRow.State.RUNNING, 0, 0, 1, ScriptHash.START);
    }

    /** A migration that is to run, of which nothing is done. */
    public static JournalEntry pending(Migration migration) {
        return at(migration, JournalRow.State.RUNNING, 0, 0, ScriptHash.START);
    }

    /** A script that is started. */
    public static JournalEntry begun(Migration migration, List<SqlStatement> statements) {
        return running(migration, statements, 0, ScriptHash.START);
    }

    /** A script of which some statements are done. */
    static JournalEntry running(Migration migration, List<SqlStatement> statements, int done, ScriptHash chain) {
        int begun = done < statements.size() && statements.get(done).commitsBefore() ? done + 1 : done;
        return new JournalEntry(migration, JournalRow.State.RUNNING, done, begun, statements.size(), chain);
    }

    /** A migration whose change is in the database, though it was not run. */
    public static JournalEntry there(Migration migration) {
        return new JournalEntry(migration, JournalRow.State.RECORDED, 0, NOTHING, 0, ScriptHash.START);
    }

    /** The columns in the order of the table, but for the times. */
    List<Object> values() {
        String release = migration instanceof VersionedMigration versioned
                ? versioned.name().release().toString()
                : "";
        return List.of(
                migration.key(),
                migration.script(),
                release,
                migration.changeId().hex(),
                state.name(),
                done,
                total,
                begun,
                chain.hex());
    }
}
