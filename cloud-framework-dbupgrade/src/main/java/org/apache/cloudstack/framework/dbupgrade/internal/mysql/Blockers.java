package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;

/**
 * Who holds what a statement waits for, or waited for until its time was up.
 *
 * @param found the connections, first those that do not wait themselves, and of them the longest transactions
 * @param certain whether the server said that they hold it; otherwise they may
 * @param hint what is not seen, and which right or setting would make it visible; empty when all is
 */
public record Blockers(List<Blocker> found, boolean certain, String hint) {

    private static final int TOLD = 5;

    public Blockers {
        found = List.copyOf(found);
    }

    /**
     * Looks for them. What the account may not see becomes a hint; no error of the server is thrown.
     *
     * @param asking the connection to ask on: the waiting one once it waits no more, or a better one, which sees more
     * @param waiting the id of the connection that waits or waited
     */
    public static Blockers of(Connection asking, LockNeeds needs, long waiting) {
        return new BlockerSearch(asking, needs, waiting).search();
    }

    /** Sentences for people. */
    @Override
    public String toString() {
        return (sentence() + " " + hint).strip();
    }

    private String sentence() {
        if (found.isEmpty()) {
            return certain ? "Nobody is seen to hold the lock any more." : "";
        }
        String more = found.size() > TOLD ? "; and " + (found.size() - TOLD) + " more" : "";
        return found.stream()
                .limit(TOLD)
                .map(Blocker::toString)
                .collect(Collectors.joining("; ", certain ? "It is held by " : "It may be held by ", more + "."));
    }
}
