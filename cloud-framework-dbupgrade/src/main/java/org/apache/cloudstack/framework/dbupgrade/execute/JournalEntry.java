package org.apache.cloudstack.framework.dbupgrade.execute;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;

/**
 * What is to be noted of one routine.
 *
 * @param state how far it came
 * @param done how many statements are done
 * @param total how many statements there are; 1 for a Java migration
 * @param chain the hash over the statements done
 */
public record JournalEntry(Routine routine, JournalRow.State state, int done, int total, StatementChain chain) {

    /** A routine that is begun: the intent to run its first statement. */
    public static JournalEntry begun(Routine routine, int statements) {
        return new JournalEntry(routine, JournalRow.State.RUNNING, 0, statements, StatementChain.START);
    }

    /** A routine whose change is in the database, though it was not run. */
    public static JournalEntry there(Routine routine) {
        return new JournalEntry(routine, JournalRow.State.THERE, 0, 0, StatementChain.START);
    }

    /** The columns in the order of the table, but for the times. */
    List<Object> values() {
        String release = routine instanceof Migration migration
                ? migration.name().release().toString()
                : "";
        return List.of(
                routine.key(),
                routine.script(),
                release,
                routine.changeId().hex(),
                state.name(),
                done,
                total,
                chain.hex());
    }
}
