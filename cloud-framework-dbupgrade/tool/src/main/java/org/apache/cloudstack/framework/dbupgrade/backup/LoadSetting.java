package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A setting by which the server refuses or changes what it once allowed. It is off while a dump is loaded, since all that a
 * dump has was in the database.
 *
 * @param variable of the session
 * @param affected finds the names of objects, of the database that is the parameter, which cannot be restored while it is
 *     on; empty where a dump does not depend on it
 */
record LoadSetting(String variable, String affected) {

    static final String REMEDY = "grant SESSION_VARIABLES_ADMIN, or turn it off with SET GLOBAL";

    private static final String WITHOUT_PRIMARY_KEY = """
            SELECT CONCAT('table ', t.table_schema, '.', t.table_name) FROM information_schema.tables t
            WHERE t.table_schema = ? AND t.table_type = 'BASE TABLE' AND NOT EXISTS (
              SELECT 1 FROM information_schema.table_constraints c WHERE c.table_schema = t.table_schema
                AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')""";

    private static final String ON_OTHER_KEYS = """
            SELECT CONCAT('foreign key ', constraint_schema, '.', constraint_name)
            FROM information_schema.referential_constraints
            WHERE constraint_schema = ? AND unique_constraint_name IS NULL""";

    private static final List<LoadSetting> ALL = List.of(
            new LoadSetting("sql_require_primary_key", WITHOUT_PRIMARY_KEY),
            new LoadSetting("sql_generate_invisible_primary_key", WITHOUT_PRIMARY_KEY),
            new LoadSetting("restrict_fk_on_non_standard_key", ON_OTHER_KEYS),
            new LoadSetting("check_constraint_checks", ""),
            new LoadSetting("innodb_strict_mode", ""));

    /** The statement with which a session that loads a dump starts; it turns off what this account may turn off. */
    static String first(Connection connection) throws SQLException {
        List<String> off = new ArrayList<>();
        for (LoadSetting setting : ALL) {
            if (setting.isOn(connection) && setting.canBeTurnedOff(connection)) {
                off.add(setting.variable + " = 0");
            }
        }
        // how quotes are read until the dump sets the mode itself
        off.add("sql_mode = ''");
        return off.stream().collect(Collectors.joining(", ", "SET SESSION ", ""));
    }

    /** Those that are on, that a dump may depend on, and that this account may not turn off. */
    static List<LoadSetting> refused(Connection connection) throws SQLException {
        List<LoadSetting> refused = new ArrayList<>();
        for (LoadSetting setting : ALL) {
            if (!setting.affected.isEmpty() && setting.isOn(connection) && !setting.canBeTurnedOff(connection)) {
                refused.add(setting);
            }
        }
        return refused;
    }

    private boolean isOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION VARIABLES LIKE '" + variable + "'")) {
            return row.next() && row.getString(2).equals("ON");
        }
    }

    private boolean canBeTurnedOff(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION " + variable + " = 0");
            statement.execute("SET SESSION " + variable + " = 1");
            return true;
        } catch (SQLException e) {
            if ("42000".equals(e.getSQLState())) {
                // not allowed
                return false;
            }
            throw e;
        }
    }
}
