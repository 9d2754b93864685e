package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;

/** Something that happens in an upgrade, reported at once to every {@link UpgradeListener}. */
public sealed interface UpgradeEvent {

    /**
     * The upgrade starts.
     *
     * @param plan what will be done
     * @param server product and version of the database server
     */
    record Started(Plan plan, String server) implements UpgradeEvent {}

    /**
     * Another node upgrades; this one waits for it. Reported again while it waits.
     *
     * @param schema the database with the records
     * @param holder the other server, and how far it is
     */
    record Waiting(String schema, LeaseHolder holder) implements UpgradeEvent {}

    /**
     * Another node took the upgrade over from this one, which stops and waits for it.
     *
     * @param schema the database with the records
     */
    record Superseded(String schema) implements UpgradeEvent {}

    /**
     * The connection to the database server broke; the upgrade goes on with a new one.
     *
     * @param error what was seen of it
     */
    record ConnectionLost(String error) implements UpgradeEvent {}

    /**
     * Others kept the records of the upgrade from a lock; it goes on after a pause.
     *
     * @param blockers who holds the lock, in words
     */
    record RecordsBlocked(String blockers, Duration pause) implements UpgradeEvent {}

    /**
     * A check before the upgrade warns, or a comparison after it.
     *
     * @param finding what it says
     */
    record Warned(Finding finding) implements UpgradeEvent {}

    /**
     * A migration starts.
     *
     * @param position its number among those that are run, from 1
     * @param total how many are run
     * @param migration the migration or repeatable
     */
    record MigrationStarted(int position, int total, Migration migration) implements UpgradeEvent {

        /** {@code [ 7/23] 4.2.0 B  cleanup}. */
        public String words() {
            String number = Integer.toString(position);
            String blanks = " ".repeat(Integer.toString(total).length() - number.length());
            return "[" + blanks + number + "/" + total + "] " + UpgradeReport.titleOf(migration);
        }
    }

    /**
     * A migration goes on.
     *
     * @param begin its start
     * @param unit what is counted
     * @param done how many are done
     * @param of how many there are, as far as that is known
     * @param perSecond how many are done in a second; 0 when that is not known
     */
    record MigrationProgressed(MigrationStarted begin, String unit, long done, long of, double perSecond)
            implements UpgradeEvent {

        /** About how long it will take from now on; empty when that is not known. */
        public Optional<Duration> left() {
            return perSecond > 0
                    ? Optional.of(Duration.ofSeconds(Math.round(Math.max(0, of - done) / perSecond)))
                    : Optional.empty();
        }
    }

    /**
     * A Java migration waits for others, or for the operator who paused it. Reported again while it does.
     *
     * @param begin its start
     * @param reason what it waits for, as a clause
     */
    record MigrationWaiting(MigrationStarted begin, String reason) implements UpgradeEvent {}

    /**
     * A migration in the background stopped at a checkpoint, and goes on there another time.
     *
     * @param begin its start
     * @param reason why it stopped, as a clause
     */
    record MigrationStopped(MigrationStarted begin, String reason) implements UpgradeEvent {}

    /**
     * A statement takes long.
     *
     * @param begin the start of its migration
     * @param number its place in the script
     * @param elapsed for how long it has run
     * @param stage what the server reports about it, such as a percentage; may be empty
     */
    record StatementRunning(MigrationStarted begin, int number, Duration elapsed, String stage)
            implements UpgradeEvent {}

    /**
     * A statement was kept from a lock, stepped back so that others could pass, and will be sent again.
     *
     * @param begin the start of its migration
     * @param number its place in the script
     * @param blockers who holds the lock, in words
     * @param pause how long it waits until then
     */
    record StatementBlocked(MigrationStarted begin, int number, String blockers, Duration pause)
            implements UpgradeEvent {}

    /**
     * A Java migration reports to the operator a fact about the data.
     *
     * @param begin its start
     * @param text the fact
     */
    record MigrationNoted(MigrationStarted begin, String text) implements UpgradeEvent {}

    /**
     * A migration came to its end, and the journal says so; where several are written together, that is up to a second later.
     *
     * @param begin its start
     * @param statements how many statements of a script were run now; 0 for Java
     * @param duration how long it took
     */
    record MigrationFinished(MigrationStarted begin, long statements, Duration duration) implements UpgradeEvent {}

    /**
     * A migration stopped before its end.
     *
     * @param begin its start
     * @param finding what happened and what to do
     * @param duration how long it took
     */
    record MigrationFailed(MigrationStarted begin, Finding finding, Duration duration) implements UpgradeEvent {}

    /**
     * The upgrade came to its end.
     *
     * @param report what was done
     */
    record Finished(UpgradeReport report) implements UpgradeEvent {}
}
