package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A connection that holds what another one waits for. What its statements say is left out, for that may hold values.
 *
 * @param connectionId its id on the server
 * @param user its account's name; empty when the asking account may not see it
 * @param host where it comes from, without port; empty when the asking account may not see it
 * @param secondsInTransaction how long its transaction has been open; empty when none is seen
 * @param state what it is doing, such as {@code idle for 300 s}; empty when the asking account may not see it
 * @param holds what it holds, such as {@code cloud.vm_instance}; empty when that is not seen
 */
public record Blocker(
        long connectionId,
        String user,
        String host,
        OptionalLong secondsInTransaction,
        String state,
        List<String> holds) {

    public Blocker {
        holds = List.copyOf(holds);
    }

    /** Such as {@code connection 57 of cloud@10.0.0.5 (in a transaction for 312 s, holds cloud.vm_instance)}. */
    @Override
    public String toString() {
        List<String> facts = new ArrayList<>();
        secondsInTransaction.ifPresent(seconds -> facts.add("in a transaction for " + seconds + " s"));
        if (!state.isEmpty()) {
            facts.add(state);
        }
        if (!holds.isEmpty()) {
            facts.add("holds " + String.join(" and ", holds));
        }
        return "connection " + connectionId + " of " + (user.isEmpty() ? "another account" : user + "@" + host)
                + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")");
    }
}
