package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the running statement of a connection is.
 *
 * @param stage what the server says that it is at, such as {@code copy to tmp table}
 * @param percent how much of it is done, from 0 to 100; empty when the server does not show
 * @param elapsed how long it has been running
 */
public record StatementProgress(String stage, OptionalInt percent, Duration elapsed) {

    private static final String OF_MARIADB = """
            SELECT command, state, time_ms, stage, max_stage, progress
            FROM information_schema.processlist WHERE id = ?""";
    private static final String OF_MYSQL = """
            SELECT 100 * e.work_completed / e.work_estimated
            FROM performance_schema.events_stages_current e
            JOIN performance_schema.threads t ON t.thread_id = e.thread_id
            WHERE t.processlist_id = ? AND e.work_estimated > 0""";
    private static final Set<Integer> NO_PRIVILEGE = Set.of(1044, 1142);

    /**
     * Asks for it. MySQL reports the percentage only where its consumer {@code events_stages_current} is switched on and the
     * account may read the performance schema.
     *
     * @param asking another connection than the one asked about, of the same account or with the privilege PROCESS
     * @param id the id of the connection asked about
     * @return empty when that connection runs no statement, or is not there
     */
    public static Optional<StatementProgress> of(Connection asking, long id) throws SQLException {
        return DatabaseServer.of(asking).product() == ServerProduct.MARIADB
                ? ofMariaDb(asking, id)
                : ofMySql(asking, id);
    }

    private static Optional<StatementProgress> ofMariaDb(Connection asking, long id) throws SQLException {
        try (PreparedStatement select = asking.prepareStatement(OF_MARIADB)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getString(1).equals(Session.IDLE)) {
                    return Optional.empty();
                }
                return Optional.of(new StatementProgress(
                        Optional.ofNullable(row.getString(2)).orElse(""),
                        percent(row.getInt(4), row.getInt(5), row.getDouble(6)),
                        Duration.ofMillis(row.getLong(3))));
            }
        }
    }

    /** MariaDB counts its stages from 1, and gives the percentage of the one it is at. */
    private static OptionalInt percent(int stage, int stages, double ofStage) {
        return stages == 0 ? OptionalInt.empty() : percent((100.0 * (Math.max(stage, 1) - 1) + ofStage) / stages);
    }

    private static Optional<StatementProgress> ofMySql(Connection asking, long id) throws SQLException {
        Optional<Session> session = Session.of(asking, id).filter(found -> !found.isIdle());
        if (session.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt percent = percentOfMySql(asking, id);
        return session.map(found -> new StatementProgress(found.state(), percent, found.since()));
    }

    private static OptionalInt percentOfMySql(Connection asking, long id) throws SQLException {
        try (PreparedStatement select = asking.prepareStatement(OF_MYSQL)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? percent(row.getDouble(1)) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            if (NO_PRIVILEGE.contains(e.getErrorCode())) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /** An estimate may prove too low. */
    private static OptionalInt percent(double share) {
        return OptionalInt.of((int) Math.max(0, Math.min(100, share)));
    }

    /** Such as {@code copy to tmp table, 46 %}; empty when the server reports neither. */
    public String words() {
        return Stream.of(stage, percent.isPresent() ? percent.getAsInt() + " %" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
