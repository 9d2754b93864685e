package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ServerVersionRange;

/**
 * The server of a connection, as it introduces itself.
 *
 * @param product MySQL or MariaDB
 * @param major first part of its version
 * @param minor second part of its version
 * @param version its own text
 * @param readOnly whether it refuses writes of ordinary users
 * @param user the account that is connected
 */
public record DatabaseServer(
        ServerProduct product, int major, int minor, String version, boolean readOnly, String user) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final Pattern PATCH = Pattern.compile("\\d+\\.\\d+\\.(\\d+)");

    /** Asks the server. */
    public static DatabaseServer of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(
                        "SELECT VERSION(), @@global.read_only, CURRENT_USER(), @@version_comment")) {
            answer.next();
            String version = answer.getString(1);
            boolean mariaDb =
                    (version + answer.getString(4)).toLowerCase(Locale.ROOT).contains("mariadb");
            // a proxy or an old driver may put 5.5.5- before MariaDB's own version
            Matcher parts = VERSION.matcher(mariaDb ? version.replaceFirst("^5\\.5\\.5-", "") : version);
            boolean readable = parts.matches();
            return new DatabaseServer(
                    mariaDb ? ServerProduct.MARIADB : ServerProduct.MYSQL,
                    readable ? Integer.parseInt(parts.group(1)) : 0,
                    readable ? Integer.parseInt(parts.group(2)) : 0,
                    version,
                    !"OFF".equals(answer.getString(2)) && !"0".equals(answer.getString(2)),
                    answer.getString(3));
        }
    }

    /** Why the server cannot be used; empty when it can. */
    public Optional<Finding> objection() {
        boolean supported = product == ServerProduct.MYSQL ? major >= 8 : major > 10 || major == 10 && minor >= 6;
        return supported ? Optional.empty() : Optional.of(FindingCode.UNSUPPORTED_SERVER.about(toString(), ""));
    }

    /** The versions that do changes of tables in the same way as this one. */
    public ServerVersionRange line() {
        Matcher patch = PATCH.matcher(version);
        return product == ServerProduct.MARIADB
                ? ServerVersionRange.ofMariaDb(major, minor)
                : ServerVersionRange.ofMySql(major, minor, patch.lookingAt() ? Integer.parseInt(patch.group(1)) : 0);
    }

    @Override
    public String toString() {
        return product + " " + version;
    }
}
