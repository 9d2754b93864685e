package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;

/** Reports what a server's error means, by vendor code and SQL state alone. */
public final class ServerErrors {

    private static final Set<Integer> WRONG_CREDENTIALS = Set.of(1045, 1698, 1251, 2059);
    private static final Set<Integer> NO_PRIVILEGE = Set.of(1044, 1142, 1143, 1227, 1370, 1419, 1410);
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 3100);
    private static final Set<Integer> LOCKED_OUT = Set.of(1205, 1213);
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int UNKNOWN_TABLE = 1146;
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    private final String address;
    private final List<String> schemas;

    /**
     * Errors of one server.
     *
     * @param address what people call the server, without user and password
     * @param schemas the databases of the upgrade
     */
    public ServerErrors(String address, List<String> schemas) {
        this.address = address;
        this.schemas = List.copyOf(schemas);
    }

    /** The finding for an error met before or between migrations, on a connection that may still answer. */
    public Finding explain(SQLException error, Connection connection) {
        SQLException first = firstOfServer(error);
        if (isDenied(first)) {
            try {
                return denied(first, new MissingPrivilege(first, schemas).grant(connection));
            } catch (SQLException e) {
                first.addSuppressed(e);
            }
        }
        return explain(error);
    }

    /** The finding for an error met before there is a connection. */
    public Finding explain(SQLException error) {
        SQLException first = firstOfServer(error);
        int code = first.getErrorCode();
        String evidence = ServerMessage.of(first);
        if (WRONG_CREDENTIALS.contains(code)) {
            return FindingCode.ACCESS_DENIED.because(evidence, address);
        }
        if (code == UNKNOWN_DATABASE) {
            Matcher name = QUOTED.matcher(evidence);
            return FindingCode.DATABASE_MISSING.because(evidence, name.find() ? name.group(1) : address);
        }
        if (NO_PRIVILEGE.contains(code)) {
            return denied(first, new MissingPrivilege(first, schemas).grant());
        }
        if (READ_ONLY.contains(code)) {
            return FindingCode.SERVER_READ_ONLY.because(evidence, address);
        }
        String state = String.valueOf(first.getSQLState());
        return (state.startsWith("08") ? FindingCode.SERVER_UNREACHABLE : FindingCode.SERVER_ERROR)
                .because(evidence, address);
    }

    private Finding denied(SQLException error, String grant) {
        return FindingCode.PRIVILEGE_MISSING.because(ServerMessage.of(error), "at " + address, grant);
    }

    /** A pool wraps the server's error in its own, without code. */
    private static SQLException firstOfServer(SQLException error) {
        SQLException best = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (best.getErrorCode() == 0 || best.getSQLState() == null)) {
                best = sql;
            }
        }
        return best;
    }

    /** Whether a statement only met others at work, so that it may succeed when it is sent again. */
    public static boolean isTransient(SQLException error) {
        return LOCKED_OUT.contains(error.getErrorCode());
    }

    /** Whether the user may not do what was asked. */
    public static boolean isDenied(SQLException error) {
        return NO_PRIVILEGE.contains(error.getErrorCode());
    }

    /** Whether a table, or its whole database, does not exist. */
    public static boolean isMissingTable(SQLException error) {
        return error.getErrorCode() == UNKNOWN_TABLE || error.getErrorCode() == UNKNOWN_DATABASE;
    }

    /** What people call the server of an open connection: its URL without parameters. */
    public static String address(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        return address(String.valueOf(metaData.getURL()));
    }

    /** What people call the server of a data source that may not connect. */
    public static String address(DataSource dataSource) {
        for (String getter : List.of("getJdbcUrl", "getUrl", "getURL")) {
            try {
                return address(
                        String.valueOf(dataSource.getClass().getMethod(getter).invoke(dataSource)));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // data sources share no interface for their address: try the next name
            }
        }
        return "the address of the data source";
    }

    /** What people call the server of a URL. */
    public static String address(String url) {
        return JdbcUrl.of(url).address();
    }
}
