package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upgrade that {@link Interruptions} strike again and again. Immutable: each method gives another one.
 *
 * <pre>{@code
 * Interruptions.sampled(20).of(database).migration("4.7.0_B").ignoring("cloud.event.created").assertResumes();
 * }</pre>
 */
public final class InterruptedUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedUpgrade.class);

    private final Interruptions interruptions;
    private final MigratedDatabase database;
    private final UpgradeSettings settings;
    private final Choice choice;

    /**
     * What the test wants of it.
     *
     * @param migration the only one that is interrupted
     * @param moment the key of the only moment
     * @param ignored columns that are not compared
     * @param asking scripts that may ask the operator
     */
    private record Choice(
            Optional<String> migration, Optional<String> moment, Set<String> ignored, Set<String> asking) {

        Choice {
            ignored = Set.copyOf(ignored);
            asking = Set.copyOf(asking);
        }
    }

    private InterruptedUpgrade(
            Interruptions interruptions, MigratedDatabase database, UpgradeSettings settings, Choice choice) {
        this.interruptions = interruptions;
        this.database = database;
        this.settings = settings;
        this.choice = choice;
    }

    static InterruptedUpgrade of(Interruptions interruptions, MigratedDatabase database) {
        Choice all = new Choice(Optional.empty(), Optional.empty(), Set.of(), Set.of());
        return new InterruptedUpgrade(interruptions, database, database.settings(), all);
    }

    /** To this release; to that of the database's settings, or the newest, unless called. */
    public InterruptedUpgrade upgradingTo(String release) {
        return new InterruptedUpgrade(interruptions, database, settings.withRelease(release), choice);
    }

    /**
     * Interrupts only this migration.
     *
     * @param migration its place, such as {@code 4.7.0_B}, or its file or class, such as {@code V_470_B.sql}
     */
    public InterruptedUpgrade migration(String migration) {
        return with(new Choice(Optional.of(migration), choice.moment, choice.ignored, choice.asking));
    }

    /**
     * Leaves columns out of the comparison: those that hold the time or a random value, which each run makes again.
     *
     * @param columns written {@code cloud.event.created}
     */
    public InterruptedUpgrade ignoring(String... columns) {
        return with(new Choice(choice.migration, choice.moment, union(choice.ignored, columns), choice.asking));
    }

    /**
     * Lets a script ask whether its statement took effect, where the database does not show that; the operator, who is played
     * here, looks and says what is true. Without this it is a fault, for it stops a start of the application.
     *
     * @param scripts their files, such as {@code V_470_B.sql}
     */
    public InterruptedUpgrade withOperatorFor(String... scripts) {
        return with(new Choice(choice.migration, choice.moment, choice.ignored, union(choice.asking, scripts)));
    }

    /**
     * Interrupts at this moment only.
     *
     * @param moment the key that a failure reported, such as {@code V_470_B.sql#3:after-statement}
     */
    public InterruptedUpgrade replaying(String moment) {
        return with(new Choice(choice.migration, Optional.of(moment), choice.ignored, choice.asking));
    }

    private InterruptedUpgrade with(Choice other) {
        return new InterruptedUpgrade(interruptions, database, settings, other);
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /**
     * Interrupts, resumes and compares.
     *
     * @throws AssertionError when an upgrade does not end as an undisturbed one; it reports the moments, what differs, and how to
     *     replay them
     * @throws IllegalArgumentException when there is no such moment
     */
    public void assertResumes() {
        InterruptionReport report = verify();
        if (!report.isGood()) {
            throw new AssertionError(report.toString());
        }
    }

    /**
     * Interrupts, resumes and compares, and throws nothing for what it finds. The databases are left as they were.
     *
     * @throws IllegalArgumentException when there is no such moment
     * @throws org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException when the undisturbed upgrade does not come to
     *     its end
     */
    public InterruptionReport verify() {
        long begin = System.nanoTime();
        try (Trial trial = new Trial(database, settings, choice.ignored, choice.asking)) {
            List<Moment> chosen = chosenOf(trial.undisturbed());
            List<Moment> blocking = new ArrayList<>();
            List<Fault> faults = new ArrayList<>();
            for (Moment moment : chosen) {
                Trial.Outcome outcome = trial.interruptedAt(moment);
                if (!outcome.findings().isEmpty()) {
                    faults.add(new Fault(moment, outcome.findings()));
                }
                if (!outcome.wasStruck()) {
                    blocking.add(moment);
                }
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            InterruptionReport report = new InterruptionReport(chosen, blocking, faults, interruptions.seed(), taken);
            LOG.info("{}", report.summary());
            return report;
        }
    }

    private List<Moment> chosenOf(RecordedRun course) {
        List<Moment> all = choice.migration.map(course::momentsOf).orElseGet(course::moments);
        List<Moment> chosen = choice.moment.isPresent()
                ? all.stream()
                        .filter(moment -> choice.moment.get().equals(moment.key()))
                        .toList()
                : interruptions.choose(all);
        if (chosen.isEmpty()) {
            String wanted = choice.moment.or(() -> choice.migration).orElse("any");
            throw new IllegalArgumentException("The upgrade comes to no such moment: " + wanted + ". It comes to "
                    + course.moments().stream().map(Moment::key).toList());
        }
        return chosen;
    }
}
