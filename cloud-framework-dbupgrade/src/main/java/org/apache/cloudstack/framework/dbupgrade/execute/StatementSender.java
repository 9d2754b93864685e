package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/** Sends the statements of one script, and remembers whether they may have changed the session. */
final class StatementSender {

    private final Connection connection;
    private final OnlineRewriting online;
    private final GuardedDefinitions guards;
    private final RunObserver observer;
    private final Set<String> variables = new HashSet<>();
    private boolean touchedSession;

    /** Sends what the rewriting makes of each statement. */
    StatementSender(Connection connection, OnlineRewriting online, GuardedDefinitions guards, RunObserver observer) {
        this.connection = connection;
        this.online = online;
        this.guards = guards;
        this.observer = observer;
    }

    /** Whether a statement may have changed the session. */
    boolean touchedSession() {
        return touchedSession;
    }

    /** The user variables that statements named. */
    Set<String> variables() {
        return variables;
    }

    void send(SqlStatement statement) throws SQLException {
        StatementKind kind = statement.kind();
        touchedSession |= kind == StatementKind.SESSION
                || kind == StatementKind.OTHER && maySetVariables(statement)
                || variables.addAll(statement.userVariables());
        observer.sending(statement);
        try {
            Optional<String> text = guards.textToSend(connection, statement.text());
            if (text.isPresent()) {
                sendFirstAccepted(online.textsToTry(text.get()));
            }
        } finally {
            observer.answered();
        }
    }

    private static boolean maySetVariables(SqlStatement statement) {
        return statement.startsWith("CALL")
                || statement.startsWith("EXECUTE")
                || statement.text().startsWith("/*");
    }

    private void sendFirstAccepted(List<String> texts) throws SQLException {
        for (String text : texts.subList(0, texts.size() - 1)) {
            try {
                send(text);
                return;
            } catch (SQLException e) {
                if (!online.isRefused(e)) {
                    throw e;
                }
            }
        }
        send(texts.get(texts.size() - 1));
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
