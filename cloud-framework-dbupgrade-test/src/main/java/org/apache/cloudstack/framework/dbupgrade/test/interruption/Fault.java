package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.List;

/**
 * An interruption after which the upgrade did not end as an undisturbed one;
 * {@code report.faults().get(0).moment().key()} is what replays it.
 *
 * @param moment when it was
 * @param findings what was found; no values of rows
 */
public record Fault(Moment moment, List<String> findings) {

    public Fault {
        findings = List.copyOf(findings);
    }

    @Override
    public String toString() {
        return moment + "\n    " + String.join("\n    ", findings) + "\n    Replay it alone by .replaying(\""
                + moment.key() + "\")";
    }
}
