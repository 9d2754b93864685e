package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;

/**
 * The tables whose rows mydumper reads. It puts names into statements and names of files as they are, reads what
 * {@code SELECT *} shows, and writes all but numbers as octets; what that would lose is refused, since a restore would be
 * late to find out.
 *
 * @param schemas the databases
 * @param tls how the connection is to be encrypted
 */
record RowTables(List<String> schemas, TlsMode tls) {

    /** Sequences, and tables with a history of their own, are neither. */
    private static final String TABLES = """
            SELECT table_name, table_type FROM information_schema.tables
            WHERE table_schema = ? AND table_type <> 'VIEW' ORDER BY table_name""";

    private static final String COLUMNS = """
            SELECT DISTINCT c.table_name, CASE WHEN c.extra LIKE '%INVISIBLE%' THEN 'invisible' ELSE LOWER(c.data_type) END
            FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
            WHERE c.table_schema = ? AND t.table_type = 'BASE TABLE' AND (c.extra LIKE '%INVISIBLE%'
              OR LOWER(c.data_type) NOT IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double', 'bit',
                'char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'binary', 'varbinary', 'tinyblob', 'blob',
                'mediumblob', 'longblob', 'enum', 'set', 'json', 'date', 'datetime', 'timestamp', 'time', 'year', 'geometry',
                'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection',
                'geomcollection'))
            ORDER BY c.table_name""";

    private static final String READABLE = "[\\p{L}\\p{N}_$-][\\p{L}\\p{N}_$ -]*";

    RowTables {
        schemas = List.copyOf(schemas);
    }

    /**
     * Asks the server.
     *
     * @throws BackupException when mydumper would lose something
     */
    List<TableName> read(Connection connection) throws SQLException {
        List<TableName> tables = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        if (tls != TlsMode.DISABLED && tls != TlsMode.PREFERRED) {
            lost.add("it would not encrypt the connection, as the URL asks for");
        }
        for (String schema : schemas) {
            for (List<String> row : rows(connection, TABLES, schema)) {
                TableName table = new TableName(schema, row.get(0));
                tables.add(table);
                if (!row.get(1).equals("BASE TABLE")) {
                    lost.add(table + " is a " + row.get(1));
                }
            }
            rows(connection, COLUMNS, schema)
                    .forEach(
                            row -> lost.add(new TableName(schema, row.get(0)) + " has a column that is " + row.get(1)));
        }
        tables.stream().filter(table -> !isReadable(table)).forEach(table -> lost.add("the name " + table));
        if (!lost.isEmpty()) {
            throw new BackupException(FindingCode.BACKUP_NOT_EXACT.about(
                    String.join(", ", schemas),
                    String.join("; ", lost),
                    "Take the backup without mydumper, with the executable of the server's product."));
        }
        return tables;
    }

    private static boolean isReadable(TableName table) {
        Charset ofFiles = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return Stream.of(table.schema(), table.name())
                .allMatch(name -> name.matches(READABLE) && ofFiles.newEncoder().canEncode(name));
    }

    private static List<List<String>> rows(Connection connection, String query, String schema) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(List.of(row.getString(1), row.getString(2)));
                }
            }
        }
        return rows;
    }
}
