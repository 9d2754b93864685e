package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.jspecify.annotations.Nullable;

/** Everything in some databases: every definition in the server's own words, and every byte of every row. */
public final class DatabasePicture {

    private static final int LONGEST_SHOWN = 20_000;

    private final Connection connection;
    private final List<String> lines = new ArrayList<>();

    private DatabasePicture(Connection connection) {
        this.connection = connection;
    }

    public static List<String> of(Connection connection, List<String> schemas) throws SQLException {
        DatabasePicture picture = new DatabasePicture(connection);
        for (String schema : schemas) {
            picture.add(schema);
        }
        return picture.lines;
    }

    private void add(String schema) throws SQLException {
        lines.addAll(rows("SHOW CREATE DATABASE " + Identifier.quote(schema)));
        String all = " WHERE %s = '" + schema.replace("'", "''") + "' ORDER BY 1";
        for (String table : names("SELECT table_name FROM information_schema.tables"
                + all.formatted("table_schema").replace("ORDER", "AND table_type = 'BASE TABLE' ORDER"))) {
            String name = Identifier.quote(schema, table);
            // a collation says its character set, and MySQL's executable writes both
            rows("SHOW CREATE TABLE " + name)
                    .forEach(row -> lines.add(row.replaceAll(" CHARACTER SET \\w+ COLLATE ", " COLLATE ")));
            rows("SELECT * FROM " + name).stream().sorted().forEach(row -> lines.add(name + " " + row));
        }
        addEach(schema, "VIEW", "SELECT table_name FROM information_schema.views" + all.formatted("table_schema"));
        addEach(
                schema,
                "TRIGGER",
                "SELECT trigger_name FROM information_schema.triggers" + all.formatted("trigger_schema"));
        addEach(schema, "EVENT", "SELECT event_name FROM information_schema.events" + all.formatted("event_schema"));
        for (String kind : List.of("PROCEDURE", "FUNCTION")) {
            addEach(
                    schema,
                    kind,
                    "SELECT routine_name FROM information_schema.routines"
                            + all.formatted("routine_schema")
                                    .replace("ORDER", "AND routine_type = '" + kind + "' ORDER"));
        }
    }

    private void addEach(String schema, String kind, String names) throws SQLException {
        for (String name : names(names)) {
            lines.addAll(rows("SHOW CREATE " + kind + " " + Identifier.quote(schema, name)));
        }
    }

    private List<String> names(String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    // when a trigger was created is of the moment of the restore
                    if (!row.getMetaData().getColumnLabel(i).equals("Created")) {
                        line.append(readable(row.getBytes(i))).append(" | ");
                    }
                }
                rows.add(line.toString());
            }
        }
        return rows;
    }

    /** What is not ASCII as hexadecimal digits. */
    private static String readable(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "NULL";
        }
        if (bytes.length > LONGEST_SHOWN) {
            return bytes.length + " octets, CRC " + crc(bytes);
        }
        for (byte each : bytes) {
            if (each < ' ' && each != '\n') {
                return HexFormat.of().formatHex(bytes);
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
