package org.apache.cloudstack.framework.dbupgrade;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.finding.Wording;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;

/**
 * A migration that an earlier upgrade started and did not complete.
 *
 * @param script the file or class
 * @param statement the statement that failed or was interrupted, from 1; 0 for Java
 * @param total how many statements the script has; 0 for Java
 * @param line the line of the statement; 0 where the script is not among the migrations any more
 * @param text the statement without values; empty where it is not known
 * @param error the server's error, without values; empty when the upgrade was interrupted, or the error could not be recorded
 */
public record HalfDone(String script, int statement, int total, int line, String text, String error) {

    private static final Wording REMEDY = new Wording(
            "Fix the cause, then {start|run dbupgrade upgrade} again: the upgrade goes on there. The failed statement and those"
                    + " after it may be edited, those before it may not.");

    /** {@code V_420_A__disks.sql, statement 2 of 5 (line 7)}. */
    public String place() {
        return script + (statement == 0 ? "" : ", " + number());
    }

    private String number() {
        return "statement " + statement + " of " + total + (line == 0 ? "" : " (line " + line + ")");
    }

    private String extent() {
        if (statement == 0) {
            return "What it did up to its last checkpoint is done";
        }
        int done = statement - 1;
        return done == 0
                ? "No statement is done"
                : Count.of(done, "statement") + (done == 1 ? " is done" : " are done");
    }

    /** What is to be done about it. */
    public Finding finding() {
        String in = statement == 0 ? "" : " in " + number() + (text.isEmpty() ? "" : ": " + text);
        return error.isEmpty()
                ? FindingCode.MIGRATION_UNFINISHED.about(script, in, extent())
                : FindingCode.MIGRATION_FAILED.because(error, script, in, extent(), REMEDY);
    }
}
