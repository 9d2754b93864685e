package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * What is known of databases before they are backed up.
 *
 * @param server the server they are on
 * @param databases how they were created
 * @param bytes of data in their tables, without indexes, as the server estimates it
 */
record DatabaseFacts(
        DatabaseServer server, List<BackupManifest.Database> databases, long bytes, List<String> versioned) {

    DatabaseFacts {
        databases = List.copyOf(databases);
        versioned = List.copyOf(versioned);
    }

    List<String> names() {
        return databases.stream().map(BackupManifest.Database::name).toList();
    }

    /** Asks the server; the databases exist. */
    static DatabaseFacts read(Connection connection, List<String> schemas) throws SQLException {
        List<BackupManifest.Database> databases = new ArrayList<>();
        long bytes = 0;
        for (String schema : schemas) {
            databases.add(database(connection, schema));
            bytes += bytes(connection, schema);
        }
        return new DatabaseFacts(
                DatabaseServer.of(connection), databases, bytes, InexactObjects.versioned(connection, schemas));
    }

    private static BackupManifest.Database database(Connection connection, String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT default_character_set_name,"
                        + " default_collation_name FROM information_schema.schemata WHERE schema_name = ?");
                Statement show = connection.createStatement()) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery();
                    ResultSet creation = show.executeQuery("SHOW CREATE DATABASE " + Identifier.quote(schema))) {
                row.next();
                creation.next();
                return new BackupManifest.Database(schema, row.getString(1), row.getString(2), creation.getString(2));
            }
        }
    }

    private static long bytes(Connection connection, String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COALESCE(SUM(data_length), 0) FROM information_schema.tables WHERE table_schema = ?")) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
