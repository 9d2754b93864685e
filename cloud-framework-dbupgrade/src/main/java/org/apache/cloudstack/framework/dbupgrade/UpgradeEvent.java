package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;

/** Something that happens in an upgrade, told at once to every {@link UpgradeListener}. */
public sealed interface UpgradeEvent {

    /**
     * The upgrade begins.
     *
     * @param plan what will be done
     * @param server product and version of the database server
     */
    record Started(Plan plan, String server) implements UpgradeEvent {}

    /**
     * Another server upgrades; this one waits for it.
     *
     * @param schema the database with the records
     */
    record Waiting(String schema) implements UpgradeEvent {}

    /**
     * A check before the upgrade warns.
     *
     * @param finding what it says
     */
    record Warned(Finding finding) implements UpgradeEvent {}

    /**
     * A routine begins.
     *
     * @param position its number among those that are run, from 1
     * @param total how many are run
     * @param routine the migration or repeatable
     */
    record RoutineStarted(int position, int total, Routine routine) implements UpgradeEvent {}

    /**
     * A routine goes on.
     *
     * @param begin its begin
     * @param unit what is counted
     * @param done how many are done
     * @param of how many there are
     */
    record RoutineProgressed(RoutineStarted begin, String unit, long done, long of) implements UpgradeEvent {}

    /**
     * A Java migration tells the operator a fact about the data.
     *
     * @param begin its begin
     * @param text the fact
     */
    record RoutineNoted(RoutineStarted begin, String text) implements UpgradeEvent {}

    /**
     * A routine came to its end.
     *
     * @param begin its begin
     * @param statements how many statements of a script were run now; 0 for Java
     * @param duration how long it took
     */
    record RoutineFinished(RoutineStarted begin, long statements, Duration duration) implements UpgradeEvent {}

    /**
     * A routine stopped before its end.
     *
     * @param begin its begin
     * @param finding what happened and what to do
     * @param duration how long it took
     */
    record RoutineFailed(RoutineStarted begin, Finding finding, Duration duration) implements UpgradeEvent {}

    /**
     * The upgrade came to its end.
     *
     * @param report what was done
     */
    record Finished(UpgradeReport report) implements UpgradeEvent {}
}
