package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PinnedSessions;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.VerificationQuery;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.verify.ReadOnlyQueries;

/** Runs verification queries, in the session that migrations have, and collects what they report. */
public final class QueryRun {

    private final UpgradeSettings settings;
    private final List<Verification.RowsFound> rowsFound = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int count;

    QueryRun(UpgradeSettings settings) {
        this.settings = settings;
    }

    /** How many queries were run. */
    int count() {
        return count;
    }

    List<Verification.RowsFound> rowsFound() {
        return rowsFound;
    }

    /** The queries that could not be run, and why. */
    List<Finding> findings() {
        return findings;
    }

    void run(Connection connection, List<VerificationQuery> queries) throws SQLException {
        if (queries.isEmpty()) {
            return;
        }
        String catalog = connection.getCatalog();
        PinnedSession session = new PinnedSessions(
                        settings.session(),
                        settings.schemas().get(0),
                        settings.waits().lock().toSeconds())
                .pin(connection);
        try {
            try (ReadOnlyQueries transaction = ReadOnlyQueries.begin(connection)) {
                for (VerificationQuery query : queries) {
                    run(transaction, query);
                }
            }
        } finally {
            session.restore();
            if (catalog != null && !catalog.isEmpty()) {
                connection.setCatalog(catalog);
            }
        }
    }

    private void run(ReadOnlyQueries transaction, VerificationQuery query) throws SQLException {
        List<SqlStatement> statements;
        try {
            statements = ClientSplitter.split(query.script(), query.text());
        } catch (UnreadableScriptException e) {
            findings.add(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason()));
            return;
        }
        List<Finding> objections = query.objections(statements);
        findings.addAll(objections);
        if (objections.isEmpty()) {
            for (SqlStatement statement : statements) {
                run(transaction, query, statement);
            }
        }
    }

    private void run(ReadOnlyQueries transaction, VerificationQuery query, SqlStatement statement) throws SQLException {
        count++;
        try {
            int rows = transaction.rows(statement.text());
            if (rows > 0) {
                rowsFound.add(new Verification.RowsFound(
                        query.script(),
                        statement.line(),
                        query.name().description(),
                        rows,
                        rows < ReadOnlyQueries.MOST_ROWS));
            }
        } catch (SQLException e) {
            if (ConnectionLostException.isMeantBy(e)) {
                throw e;
            }
            findings.add(FindingCode.QUERY_FAILED.because(ServerMessage.of(e), query.script(), statement.line()));
        }
    }
}
