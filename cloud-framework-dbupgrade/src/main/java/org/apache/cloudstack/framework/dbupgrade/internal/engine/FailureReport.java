package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.finding.Wording;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.FailureCatalogue.Advice;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;

/**
 * Reports to the operator on a migration that stopped: where, at which statement, what is done and what is not, the error with
 * its usual cause, and how to go on. Values of rows and passwords are in none of it.
 */
final class FailureReport {

    private static final Set<Integer> UNREADABLE = Set.of(1064, 1149);
    private static final String BEGIN_ANEW = "Then {start|run dbupgrade upgrade} again: it starts from the beginning.";
    private static final String BEHIND_CHECKPOINTS =
            "Then {start|run dbupgrade upgrade} again: it goes on after its checkpoints.";

    private final FailureCatalogue catalogue;

    FailureReport(FailureCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether the server could not read a statement, so that it did nothing of it. */
    static boolean isUnreadable(SQLException error) {
        return UNREADABLE.contains(error.getErrorCode());
    }

    /**
     * Where a script stopped.
     *
     * @param total how many statements the script has
     * @param done how many are done, and stay so; those between them and the failed one were rolled back
     * @param effect of the failed statement
     */
    record Failure(Migration migration, SqlStatement statement, int total, int done, StatementEffect effect) {}

    /** A script of which the operator has to say whether a statement took effect. */
    StatementFailure ofInterruption(Migration migration, SqlStatement statement, int total, SQLException error) {
        String evidence = evidence(ServerMessage.of(error), catalogue.adviceFor(error));
        return new StatementFailure(migration, ResumePoint.interrupted(migration, statement, total, evidence), error);
    }

    /**
     * A script that stopped in a statement.
     *
     * @param error the server's
     */
    StatementFailure ofStatement(Failure failure, SQLException error) {
        Migration migration = failure.migration();
        SqlStatement statement = failure.statement();
        int total = failure.total();
        Optional<Advice> advice = catalogue.adviceFor(error);
        String shown = isUnreadable(error) ? MaskedStatement.ofUnreadable(statement) : MaskedStatement.of(statement);
        String place =
                " in statement %d of %d (line %d): %s".formatted(statement.number(), total, statement.line(), shown);
        String goOn = migration instanceof RepeatableMigration
                ? BEGIN_ANEW
                : "The failed statement and those after it may be edited, those before it may not. Then {start|run dbupgrade"
                        + " upgrade} again: the upgrade goes on there.";
        return new StatementFailure(
                migration,
                FindingCode.MIGRATION_FAILED.because(
                        evidence(ServerMessage.of(error, statement), advice),
                        migration.script(),
                        place,
                        extent(failure),
                        remedy(advice, goOn)),
                error);
    }

    /**
     * A Java migration that threw.
     *
     * @param hasCheckpoints whether it set checkpoints
     * @param left what is left of what was not committed
     */
    StatementFailure ofJava(Migration migration, boolean hasCheckpoints, StatementEffect left, Exception exception) {
        SQLException error = ServerMessage.behind(exception);
        Optional<Advice> advice = error == null ? Optional.empty() : catalogue.adviceFor(error);
        return new StatementFailure(
                migration,
                FindingCode.MIGRATION_FAILED.because(
                        evidence(SafeCause.tell(exception), advice),
                        migration.script(),
                        place(migration, exception),
                        "What it changed since its last commit "
                                + switch (left) {
                                    case NONE -> "is rolled back";
                                    case PART -> "is rolled back, but for rows of tables without transactions";
                                    case LOOKED_UP -> "may be rolled back";
                                },
                        remedy(advice, hasCheckpoints ? BEHIND_CHECKPOINTS : BEGIN_ANEW)),
                exception);
    }

    /** The error of a script or of Java with its usual cause, as it is recorded. */
    String errorOf(Exception exception) {
        SQLException error = ServerMessage.behind(exception);
        Optional<Advice> advice = error == null ? Optional.empty() : catalogue.adviceFor(error);
        return evidence(
                exception instanceof SQLException ofServer ? ServerMessage.of(ofServer) : SafeCause.tell(exception),
                advice);
    }

    private static String evidence(String error, Optional<Advice> advice) {
        return advice.map(known -> error + (error.endsWith(".") ? "" : ".") + " Usual cause: " + known.cause())
                .orElse(error);
    }

    private static Wording remedy(Optional<Advice> advice, String goOn) {
        return new Wording(advice.map(Advice::cure).orElse("Fix the cause.") + " " + goOn);
    }

    /** Such as: 2 statements are done, statement 3 had no effect, 2 are not started. */
    private static String extent(Failure failure) {
        int number = failure.statement().number();
        int total = failure.total();
        int done = failure.done();
        List<String> parts = new ArrayList<>();
        parts.add(
                done == 0 ? "No statement is done" : done == 1 ? "1 statement is done" : done + " statements are done");
        if (number - done == 2) {
            parts.add("statement " + (done + 1) + " was rolled back");
        } else if (number - done > 2) {
            parts.add("statements " + (done + 1) + " to " + (number - 1) + " were rolled back");
        }
        if (number > done) {
            parts.add(effect(failure));
        }
        if (number < total) {
            parts.add(total - number + (total - number == 1 ? " is" : " are") + " not started");
        }
        return String.join(", ", parts);
    }

    private static String effect(Failure failure) {
        String name = "statement " + failure.statement().number();
        return switch (failure.effect()) {
            case NONE -> name + " had no effect";
            case PART -> name + " may have had a part of its effect";
            case LOOKED_UP -> "whether " + name + " had an effect is looked up at the next start";
        };
    }

    private static String place(Migration migration, Exception exception) {
        String type = migration.source() instanceof Source.Java java ? java.origin() : "";
        return Stream.of(exception.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type)
                        || frame.getClassName().startsWith(type + "$"))
                .filter(frame -> frame.getLineNumber() > 0)
                .findFirst()
                .map(frame -> " in " + frame.getFileName() + ", line " + frame.getLineNumber())
                .orElse("");
    }
}
