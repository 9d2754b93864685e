package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * A change that a statement makes.
 *
 * @param change its row in the table
 * @param subject the table, view or stored program that is changed
 * @param phase when it may happen: what the row says, or {@link Phase#EXPAND} where older nodes do not know the subject
 * @param why what an older node sees of it
 * @param sure whether it is known; otherwise it is taken for the worst that it can be
 */
public record FoundChange(Change change, ObjectName subject, Phase phase, String why, boolean sure) {

    static FoundChange of(Change change, ObjectName subject) {
        return new FoundChange(
                change, subject, change.row().phase(), change.row().why(), true);
    }

    /** A change of something that older nodes do not know. */
    static FoundChange ofNew(Change change, ObjectName subject) {
        Phase phase = change.row().phase() == Phase.CONTRACT
                ? Phase.EXPAND
                : change.row().phase();
        return new FoundChange(
                change, subject, phase, "it came with this release, so that older nodes do not know it", true);
    }

    /** A change that can be this one, as nothing is known of what was there before. */
    static FoundChange unsure(Change change, ObjectName subject, String what) {
        return new FoundChange(change, subject, Phase.CONTRACT, what + " is not known; declare its phase", false);
    }

    /** How a server does it. */
    public AlterAlgorithm way(ServerVersionRange line) {
        return change.row().ways().on(line);
    }

    /** What is done to what, such as {@code drop a column (cloud.vm)}. */
    public String text() {
        return change.row().what() + " (" + subject + ")";
    }
}
