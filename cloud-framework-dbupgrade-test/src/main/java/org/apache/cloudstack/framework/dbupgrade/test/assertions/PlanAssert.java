package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Assertions about the steps of a plan. A step is named by its place {@code 4.5.3_A}, by its file or class, or as a
 * repeatable {@code R_view}; {@code 4.5.3_A} and {@code 4.5.3_1} are the same place.
 *
 * <pre>{@code
 * assertThat(plan).startsFrom("4.6.0").reaches("4.6.1").runs("4.5.3_A").after("4.6.0_A").defers("4.7.0_B");
 * }</pre>
 *
 * What fails shows the whole plan.
 */
public class PlanAssert extends TextAssert<PlanAssert, Plan> {

    PlanAssert(Plan actual) {
        super(actual, PlanAssert.class);
    }

    /** All of these are run, whatever their order; {@code after} and {@code before} go on with the last of them. */
    public RunAssert runs(String step, String... more) {
        List<String> names = with(step, more);
        require(names, Step::runs, "does not run");
        return new RunAssert(actual, names.get(names.size() - 1));
    }

    /** These are run in this order, and nothing else is. */
    public PlanAssert runsExactly(String... steps) {
        List<Step> running = actual.runs();
        boolean same = running.size() == steps.length;
        for (int place = 0; same && place < steps.length; place++) {
            same = StoredProgramName.of(steps[place]).names(running.get(place).migration());
        }
        if (!same) {
            List<String> found = running.stream()
                    .map(step -> StoredProgramName.of(step.migration()))
                    .toList();
            throw failure("The plan runs other steps:\n" + SideBySide.ofOrder(List.of(steps), found) + "\n"
                    + new PlanText(actual));
        }
        return this;
    }

    /** None of these is run now; they may be deferred, recorded, or not in the plan at all. */
    public PlanAssert doesNotRun(String step, String... more) {
        List<String> run =
                with(step, more).stream().filter(name -> has(name, Step::runs)).toList();
        if (!run.isEmpty()) {
            throw failure("The plan runs " + String.join(", ", run) + ".\n" + new PlanText(actual));
        }
        return this;
    }

    /** All of these wait until older nodes are gone. */
    public PlanAssert defers(String step, String... more) {
        return require(with(step, more), Step::isDeferred, "does not defer");
    }

    /** Nothing waits until older nodes are gone. */
    public PlanAssert holdsNothingBack() {
        if (!actual.deferred().isEmpty()) {
            throw failure("The plan holds something back.\n" + new PlanText(actual));
        }
        return this;
    }

    /** The change of each of these is in the database through another release, so that it is only recorded. */
    public PlanAssert findsAlreadyApplied(String step, String... more) {
        return require(
                with(step, more), found -> found.action() == Action.ALREADY_APPLIED, "does not find already applied");
    }

    /** Each of these was left half done, and goes on where it stopped. */
    public PlanAssert resumes(String step, String... more) {
        return require(with(step, more), found -> found.action() == Action.RESUME, "does not resume");
    }

    /** Nothing is to be done now; something may be deferred. */
    public PlanAssert isEmpty() {
        if (!actual.isEmpty()) {
            throw failure("The plan is not empty.\n" + new PlanText(actual));
        }
        return this;
    }

    /** The database is at this release so far. */
    public PlanAssert startsFrom(String release) {
        String found = actual.from().map(ReleaseVersion::toString).orElse("a fresh install");
        return same("The plan starts elsewhere", release, found);
    }

    /** The databases are empty so far. */
    public PlanAssert isFreshInstall() {
        String found = actual.from().map(ReleaseVersion::toString).orElse("a fresh install");
        return same("The plan starts elsewhere", "a fresh install", found);
    }

    /** The upgrade completes this release. */
    public PlanAssert reaches(String release) {
        if (!actual.reached().contains(ReleaseVersion.of(release))) {
            List<String> found =
                    actual.reached().stream().map(ReleaseVersion::toString).toList();
            throw failure("The plan does not complete release " + release + ":\n"
                    + SideBySide.ofNames(List.of(release), found) + "\n" + new PlanText(actual));
        }
        return this;
    }

    private PlanAssert same(String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw failure(what + ": expected " + expected + ", found " + found + ".\n" + new PlanText(actual));
        }
        return this;
    }

    private PlanAssert require(List<String> names, Predicate<Step> what, String words) {
        List<String> missing = names.stream().filter(name -> !has(name, what)).toList();
        if (!missing.isEmpty()) {
            List<String> known = actual.steps().stream()
                    .map(step -> StoredProgramName.of(step.migration()))
                    .toList();
            boolean there = has(missing.get(0), step -> true);
            String hint = there ? "" : NearNames.hint(missing.get(0), known);
            throw failure(
                    "The plan " + words + " " + String.join(", ", missing) + "." + hint + "\n" + new PlanText(actual));
        }
        return this;
    }

    private boolean has(String name, Predicate<Step> what) {
        StoredProgramName wanted = StoredProgramName.of(name);
        return actual.steps().stream().anyMatch(step -> wanted.names(step.migration()) && what.test(step));
    }

    private static List<String> with(String step, String... more) {
        List<String> names = new ArrayList<>(List.of(step));
        names.addAll(Arrays.asList(more));
        return names;
    }
}
