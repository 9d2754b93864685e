package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.TableAlteration;

/** Sends the statements of one script, and remembers whether they may have changed the session. */
final class StatementSender {

    private final Connection connection;
    private final OnlineRewriting online;
    private final GuardedDefinitions guards;
    private final RunObserver observer;
    private final Optional<CopiedTables> copied;
    private final PinnedSession session;
    private final SessionTrace trace = new SessionTrace();
    private SessionState state = SessionState.FRESH;
    private boolean isNoted = true;
    private boolean touchedSession;

    /**
     * Sends what the rewriting makes of each statement.
     *
     * @param copied present when an executable changes tables that the server would copy or close
     * @param session what statements find and leave
     */
    StatementSender(
            Connection connection,
            OnlineRewriting online,
            GuardedDefinitions guards,
            RunObserver observer,
            Optional<CopiedTables> copied,
            PinnedSession session) {
        this.connection = connection;
        this.online = online;
        this.guards = guards;
        this.observer = observer;
        this.copied = copied;
        this.session = session;
    }

    /** Whether a statement may have changed the session. */
    boolean touchedSession() {
        return touchedSession;
    }

    /** The user variables that statements named. */
    Set<String> variables() {
        return trace.variables();
    }

    /** What the session holds now, if that has changed since the last question. */
    Optional<SessionState> changedState() throws SQLException {
        if (!trace.hasNews()) {
            return Optional.empty();
        }
        SessionState now = session.state(trace);
        boolean isToNote = !isNoted || !now.equals(state);
        state = now;
        isNoted = true;
        return isToNote ? Optional.of(now) : Optional.empty();
    }

    /** What was noted of the session may have been rolled back: the next question is answered whatever was answered before. */
    void forgetAnswers() {
        isNoted = false;
        trace.askAgain();
    }

    /** Goes back to what the session held at a checkpoint; whether that was possible. */
    boolean restore(SessionState checkpoint) throws SQLException {
        touchedSession = true;
        trace.restored(checkpoint);
        boolean isRestored = session.restore(checkpoint, trace);
        state = checkpoint;
        isNoted = true;
        return isRestored;
    }

    void send(SqlStatement statement) throws SQLException {
        StatementKind kind = statement.kind();
        touchedSession |= kind == StatementKind.SESSION
                || kind == StatementKind.OTHER && maySetVariables(statement)
                || !statement.userVariables().isEmpty();
        observer.sending(statement);
        try {
            Optional<String> text = guards.textToSend(connection, statement);
            if (text.isPresent() && !copies(statement)) {
                sendFirstAccepted(online.textsToTry(text.get()));
            }
            note(statement);
        } finally {
            observer.answered();
        }
    }

    private void note(SqlStatement statement) throws SQLException {
        trace.sent(statement);
        Map.Entry<String, String> preparation = SessionTrace.preparation(statement);
        if (!preparation.getKey().isEmpty()) {
            try (Statement jdbc = connection.createStatement();
                    ResultSet text = jdbc.executeQuery("SELECT " + preparation.getValue())) {
                text.next();
                trace.prepared(preparation.getKey(), text.getString(1), statement.number());
            }
        }
    }

    /** Whether the change is made, by the server without a copy or by an executable with one. */
    private boolean copies(SqlStatement statement) throws SQLException {
        Optional<TableAlteration> alteration =
                copied.isPresent() ? copied.get().alteration(statement) : Optional.empty();
        if (alteration.isEmpty()) {
            return false;
        }
        OnlineRewriting better = copied.get().online();
        for (String text : better.textsToTry(alteration.get().statement())) {
            if (isAccepted(text, better)) {
                return true;
            }
        }
        return copied.get().copy(statement, alteration.get());
    }

    private static boolean maySetVariables(SqlStatement statement) {
        return statement.startsWith("CALL")
                || statement.startsWith("EXECUTE")
                || statement.text().startsWith("/*");
    }

    private void sendFirstAccepted(List<String> texts) throws SQLException {
        for (String text : texts.subList(0, texts.size() - 1)) {
            if (isAccepted(text, online)) {
                return;
            }
        }
        send(texts.get(texts.size() - 1));
    }

    private boolean isAccepted(String text, OnlineRewriting rewriting) throws SQLException {
        try {
            send(text);
            return true;
        } catch (SQLException e) {
            if (!rewriting.isRefused(e)) {
                throw e;
            }
            return false;
        }
    }

    private void send(String text) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            boolean isResultSet = jdbc.execute(text);
            while (isResultSet || jdbc.getUpdateCount() != -1) {
                isResultSet = jdbc.getMoreResults();
            }
        }
    }
}
