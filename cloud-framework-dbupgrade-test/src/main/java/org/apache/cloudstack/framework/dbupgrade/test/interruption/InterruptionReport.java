package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.time.Duration;
import java.util.List;

/**
 * What came of all interruptions, as {@code Interruptions.everywhere().of(database).upgradingTo("4.7.0").verify()} reports.
 *
 * @param tried the moments at which the upgrade was struck, in the order in which an upgrade comes to them
 * @param blocking moments that did not come a second time, as where the clock decides on the size of a batch
 * @param faults those after which the upgrade did not end as an undisturbed one
 * @param seed what the choice of moments depended on
 * @param duration of all of it, with putting the databases back each time
 */
public record InterruptionReport(
        List<Moment> tried, List<Moment> blocking, List<Fault> faults, long seed, Duration duration) {

    private static final int MOST_TOLD = 10;

    public InterruptionReport {
        tried = List.copyOf(tried);
        blocking = List.copyOf(blocking);
        faults = List.copyOf(faults);
    }

    /** Whether the upgrade was interrupted, and went on rightly each time. */
    public boolean isGood() {
        return faults.isEmpty() && blocking.size() < tried.size();
    }

    /** One sentence. */
    public String summary() {
        String outcome = faults.isEmpty()
                ? "each time the next one ended as an undisturbed one"
                : faults.size() + " times the next one did not end as an undisturbed one";
        String again = blocking.isEmpty() ? "" : "; " + blocking.size() + " moments did not come again";
        return "The upgrade was interrupted at " + tried.size() + " moments in " + duration.toMillis() + " ms, and "
                + outcome + again + ". Seed " + seed + ".";
    }

    /** The sentence, and the faults, at most ten of them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(summary());
        for (Fault fault : faults.subList(0, Math.min(faults.size(), MOST_TOLD))) {
            text.append("\n\n  ").append(fault);
        }
        if (faults.size() > MOST_TOLD) {
            text.append("\n\n  and ").append(faults.size() - MOST_TOLD).append(" more");
        }
        return text.toString();
    }
}
