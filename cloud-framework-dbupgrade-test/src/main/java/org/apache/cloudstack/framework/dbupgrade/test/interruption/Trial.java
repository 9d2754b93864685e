package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
import org.jspecify.annotations.Nullable;

/** Upgrades the same databases from the same state, time and again. */
final class Trial implements AutoCloseable {

    private final MigratedDatabase database;
    private final UpgradeSettings settings;
    private final Set<String> ignored;
    private final Set<String> asking;
    private final SavedState start;
    private @Nullable Ending expected;

    /**
     * What came of an interruption.
     *
     * @param wasStruck whether the moment came
     * @param findings what is not as after an undisturbed upgrade
     */
    record Outcome(boolean wasStruck, List<String> findings) {}

    Trial(MigratedDatabase database, UpgradeSettings settings, Set<String> ignored, Set<String> asking) {
        this.database = database;
        this.settings = settings;
        this.ignored = ignored;
        this.asking = asking;
        this.start = SavedState.of(database.server(), database.schemas());
    }

    /** Upgrades to the end, which is what all others are compared with. */
    RecordedRun undisturbed() {
        RecordedRun course = new RecordedRun();
        upgradeIn(new MortalProcess(database.dataSource(), course, Optional.empty()), course);
        expected = ending();
        return course;
    }

    Outcome interruptedAt(Moment moment) {
        start.restore();
        RecordedRun course = new RecordedRun();
        MortalProcess process = new MortalProcess(database.dataSource(), course, Optional.of(moment.key()));
        Optional<Throwable> end = endOf(process, course);
        if (!process.isStruck()) {
            return new Outcome(
                    false,
                    end.map(told -> List.of("Before that moment came, the upgrade stopped: " + wordsOf(told)))
                            .orElseGet(this::differences));
        }
        return new Outcome(true, findings(moment, process, end));
    }

    private Optional<Throwable> endOf(MortalProcess process, RecordedRun course) {
        try {
            upgradeIn(process, course);
            return Optional.empty();
        } catch (ProcessDeath | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** What a migration makes of the death of its process does not matter. */
    private List<String> findings(Moment moment, MortalProcess process, Optional<Throwable> end) {
        if (process.isDead()) {
            return resumed(process, nextStop());
        }
        Optional<DatabaseUpgradeException> stop =
                end.filter(DatabaseUpgradeException.class::isInstance).map(DatabaseUpgradeException.class::cast);
        if (end.isPresent() && stop.isEmpty()) {
            return List.of("The upgrade broke: " + wordsOf(end.get()));
        }
        if (stop.isEmpty()) {
            return differences();
        }
        boolean isQuestion = stop.filter(Trial::isQuestion).isPresent();
        if (!isQuestion && !moment.mayStop()) {
            return List.of("The upgrade stopped where it could have gone on: " + wordsOf(stop.get()));
        }
        return resumed(process, isQuestion ? stop : nextStop());
    }

    private void upgradeIn(MortalProcess process, RecordedRun course) {
        database.upgradeOn(process, settings).listeners(List.of(course)).build().upgrade();
    }

    private List<String> resumed(MortalProcess process, Optional<DatabaseUpgradeException> first) {
        Optional<DatabaseUpgradeException> stop = first;
        if (stop.filter(Trial::isQuestion).isPresent()) {
            String script = stop.get().findings().get(0).subject();
            if (!asking.contains(script)) {
                return List.of(
                        ("The next upgrade asks the operator: %s Write the statement so that its effect can be seen, or"
                                        + " so that it may run twice; or let the test answer by .withOperatorFor(\"%s\").")
                                .formatted(wordsOf(stop.get()), script));
            }
            try {
                next().resolve(script, truth(process, stop.get()));
            } catch (IllegalArgumentException e) {
                return List.of(
                        "The upgrade asks what nobody can answer: " + wordsOf(stop.get()) + " " + e.getMessage());
            }
            stop = nextStop();
        }
        return stop.map(told -> List.of("The next upgrade stopped: " + wordsOf(told)))
                .orElseGet(this::differences);
    }

    /** Upgrades, and reports what stopped that. */
    private Optional<DatabaseUpgradeException> nextStop() {
        try {
            next().upgrade();
            return Optional.empty();
        } catch (DatabaseUpgradeException e) {
            return Optional.of(e);
        }
    }

    private DatabaseUpgrade next() {
        return database.upgradeOn(database.dataSource(), settings).build();
    }

    private static boolean isQuestion(DatabaseUpgradeException stop) {
        return stop.findings().stream()
                .map(Finding::code)
                .allMatch(code -> code == FindingCode.MIGRATION_INTERRUPTED || code == FindingCode.SESSION_LOST);
    }

    /**
     * A statement that the server has done took effect; one whose intent was committed last was never sent. What needs a
     * session that is gone runs again.
     */
    private static Resolution truth(MortalProcess process, DatabaseUpgradeException question) {
        boolean isAboutSession = question.findings().get(0).code() == FindingCode.SESSION_LOST;
        return process.hasUncommitted() && !isAboutSession ? Resolution.DONE : Resolution.RERUN;
    }

    private List<String> differences() {
        if (expected == null) {
            throw new IllegalStateException("An undisturbed upgrade comes first");
        }
        return ending().differencesFrom(expected);
    }

    private Ending ending() {
        return Ending.of(database.server(), database.schemas(), ignored);
    }

    private static String wordsOf(Throwable stop) {
        Stream<String> words = stop instanceof DatabaseUpgradeException told
                ? told.findings().stream().map(Finding::description)
                : Stream.of(stop.toString());
        return String.join(" ", words.toList());
    }

    @Override
    public void close() {
        try (start) {
            start.restore();
        }
    }
}
