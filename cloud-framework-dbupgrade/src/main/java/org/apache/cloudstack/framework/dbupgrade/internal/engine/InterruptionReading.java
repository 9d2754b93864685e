package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KeptTables;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;

/**
 * Says before an upgrade which statements an interruption would leave to the operator. What scripts make is known from their
 * text, since it is not there yet; what is there, a server is asked. Scripts are read in the order in which they run.
 */
public final class InterruptionReading {

    private static final int SHOWN = 3;

    /** Why the operator decides. */
    public enum Reason {
        /** No rollback takes back what the statements change. */
        KEPT_ROWS("no rollback takes back the rows of %s"),
        /** The statements need something that ends with its session. */
        SESSION("%s need what ends with the session");

        private final String problem;

        Reason(String problem) {
            this.problem = problem;
        }
    }

    /**
     * Some statements of a script that an interruption leaves to the operator.
     *
     * @param line of the first of them
     * @param problem which ones, and why
     */
    public record Left(Reason reason, int line, String problem) {}

    private final KeptTables tables;
    private final boolean countsUnknown;
    private final Map<ObjectName, String> procedures = new HashMap<>();

    /**
     * A reading that starts before the first script.
     *
     * @param countsUnknown whether a statement counts of which nobody knows what it changes, where there is such a table
     */
    public InterruptionReading(KeptTables tables, boolean countsUnknown) {
        this.tables = tables;
        this.countsUnknown = countsUnknown;
    }

    /** Learns that a statement was run before. */
    public void remember(Analysis statement) {
        tables.remember(statement);
        statement.operations().stream()
                .filter(ObjectOperation.CreateRoutine.class::isInstance)
                .map(ObjectOperation.CreateRoutine.class::cast)
                .forEach(create -> procedures.put(
                        lower(create.name()), statement.statement().text()));
    }

    /** The tables whose rows a statement changes for good, each with its engine. */
    public List<String> keptBy(Analysis statement) {
        return tables.changedBy(statement);
    }

    /** Reads the next script. */
    public List<Left> read(List<Analysis> script) {
        List<Left> left = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        int line = 0;
        SessionReading session =
                new SessionReading(script.stream().map(Analysis::statement).toList());
        for (Analysis statement : script) {
            List<String> changed = tables.changedBy(statement);
            boolean mayChange = changed.isEmpty() && countsUnknown && tables.exist() && isUnknown(statement);
            if (mayChange || !changed.isEmpty()) {
                line = kept.isEmpty() ? statement.statement().line() : line;
                kept.add("%d (%s)"
                        .formatted(
                                statement.statement().number(),
                                mayChange ? "may, nobody knows" : String.join("; ", changed)));
            }
            remember(statement);
            session.follow(
                    statement.statement(),
                    statement.calls().stream()
                            .map(InterruptionReading::lower)
                            .filter(procedures::containsKey)
                            .map(procedures::get)
                            .toList());
        }
        if (!kept.isEmpty()) {
            left.add(left(Reason.KEPT_ROWS, line, kept));
        }
        List<SessionReading.Stretch> stretches = session.stretches();
        if (!stretches.isEmpty()) {
            left.add(left(
                    Reason.SESSION,
                    stretches.get(0).line(),
                    stretches.stream().map(SessionReading.Stretch::text).toList()));
        }
        return left;
    }

    private static boolean isUnknown(Analysis statement) {
        StatementKind kind = statement.statement().kind();
        boolean isPlain = kind == StatementKind.BLOCK_BEGIN
                || kind == StatementKind.BLOCK_END
                || statement.statement().commitsBefore();
        return statement.unknown().isPresent() && !isPlain;
    }

    private static Left left(Reason reason, int line, List<String> places) {
        String shown = places.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (places.size() > SHOWN ? " and " + (places.size() - SHOWN) + " more" : "");
        return new Left(
                reason,
                line,
                reason.problem.formatted(
                                (places.size() == 1 && reason == Reason.KEPT_ROWS ? "statement " : "statements ")
                                        + shown)
                        + ": after an interruption there, the operator says by dbupgrade resolve what was done");
    }

    private static ObjectName lower(ObjectName name) {
        return new ObjectName(
                name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
    }

    /** What one script makes that ends with its session, and up to where it may use that. */
    private static final class SessionReading {

        private record Stretch(int from, int to, int line, SessionObject object) {

            String text() {
                return "%d to %d (%s %s)".formatted(from, to, object.kind(), object.name());
            }
        }

        private final List<SqlStatement> statements;
        private final SessionTrace trace = new SessionTrace();
        private final Set<SessionObject> made = new LinkedHashSet<>();

        SessionReading(List<SqlStatement> statements) {
            this.statements = statements;
        }

        void follow(SqlStatement statement, List<String> bodies) {
            if (statement.commitsBefore()) {
                // what a stored program makes, it makes when it is called
                return;
            }
            Set<SessionObject> before = Set.copyOf(trace.candidates());
            trace.sent(statement);
            note(before, statement.text());
            bodies.forEach(body -> {
                Set<SessionObject> beforeBody = Set.copyOf(trace.candidates());
                trace.read(body, statement.number());
                note(beforeBody, body);
            });
            // how large a value is, only its text says before it is computed
            if (statement.kind() == StatementKind.SESSION && statement.text().length() > SessionObject.LARGEST_VALUE) {
                statement
                        .userVariables()
                        .forEach(name -> made.add(
                                new SessionObject(SessionObject.Kind.USER_VARIABLE, name, statement.number())));
            }
        }

        private void note(Set<SessionObject> before, String text) {
            trace.candidates().stream()
                    .filter(object -> !before.contains(object) && !object.endsIn(text))
                    .forEach(made::add);
        }

        List<Stretch> stretches() {
            return made.stream()
                    .map(object -> new Stretch(object.statement(), lastUse(object), lineOf(object), object))
                    .filter(stretch -> stretch.from() < stretch.to() && !isOneTransaction(stretch))
                    .toList();
        }

        private List<SqlStatement> after(int number) {
            return statements.stream().filter(each -> each.number() > number).toList();
        }

        private int lastUse(SessionObject object) {
            List<SqlStatement> later = after(object.statement());
            return later.stream()
                    .filter(each -> object.endsIn(each.text()))
                    .map(SqlStatement::number)
                    .findFirst()
                    .orElseGet(() -> object.lastUse(later));
        }

        private int lineOf(SessionObject object) {
            return statements.stream()
                    .filter(each -> each.number() == object.statement())
                    .mapToInt(SqlStatement::line)
                    .findFirst()
                    .orElse(1);
        }

        /** A transaction of the script's own is undone whole, and runs again whole. */
        private boolean isOneTransaction(Stretch stretch) {
            boolean isOpen = false;
            for (SqlStatement statement : statements) {
                boolean ends = statement.kind() == StatementKind.BLOCK_END || statement.commitsBefore();
                if (statement.number() > stretch.to() || ends && statement.number() > stretch.from()) {
                    return isOpen && statement.number() > stretch.to();
                }
                isOpen =
                        statement.kind() == StatementKind.BLOCK_BEGIN ? !statement.startsWith("LOCK") : isOpen && !ends;
            }
            return false;
        }
    }
}
