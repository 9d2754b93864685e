package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;

/** Asks {@code information_schema} whether something is there. */
record Definitions(Connection connection) {

    boolean hasDatabase(String schema) throws SQLException {
        return any("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", schema);
    }

    /** Tables and views. */
    boolean hasTable(ObjectName table) throws SQLException {
        return any(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                table.schema(),
                table.name());
    }

    boolean hasColumn(ObjectName table, String column) throws SQLException {
        return any(
                "SELECT 1 FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND column_name = ?",
                table.schema(),
                table.name(),
                column);
    }

    boolean hasIndex(ObjectName table, String index) throws SQLException {
        return any(
                "SELECT 1 FROM information_schema.statistics WHERE table_schema = ? AND table_name = ? AND index_name = ?",
                table.schema(),
                table.name(),
                index);
    }

    boolean hasConstraint(ObjectName table, String constraint) throws SQLException {
        return any(
                "SELECT 1 FROM information_schema.table_constraints"
                        + " WHERE table_schema = ? AND table_name = ? AND constraint_name = ?",
                table.schema(),
                table.name(),
                constraint);
    }

    boolean hasProgram(RoutineKind kind, ObjectName name) throws SQLException {
        return switch (kind) {
            case PROCEDURE, FUNCTION ->
                any(
                        "SELECT 1 FROM information_schema.routines"
                                + " WHERE routine_schema = ? AND routine_name = ? AND routine_type = ?",
                        name.schema(),
                        name.name(),
                        kind.name());
            case TRIGGER ->
                any(
                        "SELECT 1 FROM information_schema.triggers WHERE trigger_schema = ? AND trigger_name = ?",
                        name.schema(),
                        name.name());
            case EVENT ->
                any(
                        "SELECT 1 FROM information_schema.events WHERE event_schema = ? AND event_name = ?",
                        name.schema(),
                        name.name());
        };
    }

    private boolean any(String query, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query + " LIMIT 1")) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }
}
