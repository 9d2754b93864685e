package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.AlterClause;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.PhaseAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Change;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.FoundChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.KnownSchema;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Row;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;

/** One example of the table of phases in a fresh database with what it needs. */
final class Trial implements AutoCloseable {

    private static final String CODE = "SELECT CONCAT_WS(' ', routine_name, routine_definition) AS text_of"
            + " FROM information_schema.routines WHERE routine_schema = 'cloud'"
            + " UNION ALL SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'cloud'"
            + " UNION ALL SELECT event_name FROM information_schema.events WHERE event_schema = 'cloud'"
            + " UNION ALL SELECT CONCAT_WS(' ', schema_name, default_character_set_name)"
            + " FROM information_schema.schemata WHERE schema_name LIKE 'cloud%'";

    private final Row row;
    private final TestDatabase database;
    private final Connection connection;
    private final OnlineDefinitions online;
    private final Map<String, Object> storedBefore;

    Trial(org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer server, Row row) throws SQLException {
        this.row = row;
        database = TestDatabase.fresh(server);
        database.run("CREATE DATABASE cloud CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        connection = server.dataSource().getConnection();
        connection.setCatalog("cloud");
        online = OnlineDefinitions.of(connection);
        for (String statement : row.before()) {
            execute(statement);
        }
        storedBefore = stored();
    }

    /** The changes that the example is read as, with what the server says was there before. */
    List<Change> readWithThePresentSchema() throws SQLException {
        KnownSchema known = new KnownSchema();
        PresentSchema.read(connection, List.of("cloud")).forEach(known::remember);
        PhaseAnalyzer reading = new PhaseAnalyzer(known);
        reading.beginRelease();
        List<SqlStatement> script = new ArrayList<>();
        row.example()
                .forEach(statement -> script.add(new SqlStatement(script.size() + 1, script.size() + 1, statement)));
        return reading.read(new StatementAnalyzer().analyze(script, "cloud")).statements().stream()
                .flatMap(statement -> statement.changes().stream())
                .map(FoundChange::change)
                .toList();
    }

    /** Whether the server takes the words, rather than that it refuses them. */
    boolean isTaken(AlterClause form) throws SQLException {
        try {
            run(Optional.of(form));
            return true;
        } catch (SQLException e) {
            if (!online.isRefused(e)) {
                throw e;
            }
            return false;
        }
    }

    void run(Optional<AlterClause> form) throws SQLException {
        List<String> statements = row.example();
        for (String statement : statements.subList(0, statements.size() - 1)) {
            execute(statement);
        }
        String last = statements.get(statements.size() - 1);
        execute(form.map(words -> asked(last, words)).orElse(last));
    }

    /** Some changes of partitions take words on MySQL only, in front of them. */
    private static String asked(String statement, AlterClause form) {
        String text = AlterClause.textsToTry(statement, List.of(form)).get(0);
        return text.equals(statement)
                ? statement.replaceFirst("^(ALTER TABLE \\w+)", "$1 " + String.join(", ", form.clauses()) + ",")
                : text;
    }

    /** Whether InnoDB keeps rows elsewhere than before; a partition alone may come or go. */
    boolean wroteTable() {
        Map<String, Object> now = stored();
        boolean isMoved = now.entrySet().stream()
                .anyMatch(each -> storedBefore.containsKey(each.getKey())
                        && !each.getValue().equals(storedBefore.get(each.getKey())));
        return isMoved || !wholes(now).equals(wholes(storedBefore));
    }

    private static Set<String> wholes(Map<String, Object> stored) {
        return stored.keySet().stream().filter(name -> !name.contains("#p#")).collect(Collectors.toSet());
    }

    /** All definitions and rows, and where InnoDB keeps them. */
    String picture() {
        StringBuilder picture = new StringBuilder();
        for (Map<String, Object> table : database.rows("SELECT table_name AS name FROM information_schema.tables"
                + " WHERE table_schema = 'cloud' ORDER BY table_name")) {
            String name = "cloud.`" + table.get("name") + "`";
            picture.append(database.rows("SHOW CREATE TABLE " + name)).append('\n');
            picture.append(database.rows("CHECKSUM TABLE " + name)).append('\n');
        }
        return picture.append(database.rows(CODE)).append(stored()).toString();
    }

    private Map<String, Object> stored() {
        String tables = online.product() == ServerProduct.MYSQL ? "innodb_tables" : "innodb_sys_tables";
        Map<String, Object> ids = new HashMap<>();
        database.rows("SELECT name AS name, table_id AS id FROM information_schema." + tables
                        + " WHERE name LIKE 'cloud/%' AND name NOT LIKE '%/fts%'")
                .forEach(found -> ids.put(String.valueOf(found.get("name")).toLowerCase(Locale.ROOT), found.get("id")));
        return ids;
    }

    private void execute(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        database.close();
    }
}
