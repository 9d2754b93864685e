package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KnownProcedures;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** Reads the bodies of procedures that a server has. */
public final class PresentProcedures {

    private static final int BODY = 3;
    private static final String DEFINER =
            "(?is)^CREATE\\s+DEFINER\\s*=\\s*(?:`[^`]*`|'[^']*'|[^\\s@]+)" + "(?:@(?:`[^`]*`|'[^']*'|\\S+))?\\s+";

    private PresentProcedures() {}

    /**
     * The procedures of the given names, as far as they are there and may be read.
     *
     * @throws SQLException when the connection is lost
     */
    public static KnownProcedures read(Connection connection, List<ObjectName> names) throws SQLException {
        KnownProcedures known = KnownProcedures.NONE;
        for (ObjectName name : names) {
            SqlStatement create = new SqlStatement(1, 1, body(connection, name).replaceFirst(DEFINER, "CREATE "));
            known = new StatementAnalyzer(known).after(List.of(create), name.schema());
        }
        return known;
    }

    /** An empty text where the procedure is not there, or may not be read. */
    private static String body(Connection connection, ObjectName name) throws SQLException {
        try (Statement show = connection.createStatement();
                ResultSet found =
                        show.executeQuery("SHOW CREATE PROCEDURE " + Identifier.quote(name.schema(), name.name()))) {
            String body = found.next() ? found.getString(BODY) : null;
            return body == null ? "" : body;
        } catch (SQLException e) {
            if (connection.isValid(1)) {
                return "";
            }
            throw e;
        }
    }
}
