package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineDefinitionsTest {

    private static final String TABLE =
            "CREATE TABLE cloud.vm (id INT PRIMARY KEY, cpu INT, note TEXT, KEY i_vm__cpu (cpu)) ENGINE=InnoDB";
    private static final int MORE_THAN_ROW_VERSIONS = 260;

    @ParameterizedTest
    @EnumSource
    void aColumnIsAddedWithoutTouchingRows(TestedServer server) throws SQLException {
        try (Table table = new Table(server)) {
            String stored = table.id();

            table.change("ALTER TABLE cloud.vm ADD state VARCHAR(20)");

            assertThat(table.id())
                    .as("the id, which another copy of the rows would not have")
                    .isEqualTo(stored);
            assertThat(table.definition()).contains("`state`");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIndexIsAddedAndDroppedInPlace(TestedServer server) throws SQLException {
        try (Table table = new Table(server)) {
            table.change("CREATE UNIQUE INDEX i_a ON cloud.vm (id, cpu) -- with a comment");
            table.change("ALTER TABLE cloud.vm ADD INDEX i_b (cpu, id)");
            assertThat(table.definition()).contains("i_a", "i_b", "i_vm__cpu");

            table.change("DROP INDEX i_a ON cloud.vm");
            table.change("ALTER TABLE cloud.vm DROP INDEX i_b");
            assertThat(table.definition()).contains("i_vm__cpu").doesNotContain("i_a", "i_b");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    another type of a column | ALTER TABLE cloud.vm MODIFY cpu VARCHAR(20)
                    a foreign key            | ALTER TABLE cloud.vm ADD FOREIGN KEY (cpu) REFERENCES cloud.vm (id)
                    a condition              | ALTER TABLE cloud.vm ADD CHECK (cpu > 0)
                    a full-text index        | CREATE FULLTEXT INDEX f ON cloud.vm (note)
                    another engine           | ALTER TABLE cloud.vm ENGINE=MyISAM
                    another order of rows    | ALTER TABLE cloud.vm ORDER BY cpu
                    partitions               | ALTER TABLE cloud.vm PARTITION BY HASH (id) PARTITIONS 3
                    partitions and a column  | ALTER TABLE cloud.vm ADD a INT PARTITION BY HASH (id) PARTITIONS 3
                    no primary key           | DROP INDEX `PRIMARY` ON cloud.vm
                    """)
    void whatNeedsACopyOrALockIsRefusedInEveryForm(String what, String statement) throws SQLException {
        for (TestedServer server : TestedServer.values()) {
            try (Table table = new Table(server)) {
                String definition = table.definition();
                String stored = table.id();

                List<SQLException> refusals = table.refusals(statement);

                assertThat(refusals)
                        .as("%s on %s", what, server)
                        .hasSize(table.online.textsToTry(statement).size())
                        .allMatch(table.online::isRefused);
                assertThat(table.definition()).isEqualTo(definition);
                assertThat(table.id()).isEqualTo(stored);
                assertThat(table.rows()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatBearsNoMoreInstantChangesIsChangedInPlace(TestedServer server) throws SQLException {
        try (Table table = new Table(server)) {
            table.change("ALTER TABLE cloud.vm ADD a INT");
            for (int i = 0; i < MORE_THAN_ROW_VERSIONS; i++) {
                table.change("ALTER TABLE cloud.vm " + (i % 2 == 0 ? "ADD b INT, DROP a" : "ADD a INT, DROP b"));
            }

            assertThat(table.definition()).contains("`a`").doesNotContain("`b`");
            assertThat(table.rows()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherErrorIsNoRefusal(TestedServer server) throws SQLException {
        try (Table table = new Table(server)) {
            assertThatThrownBy(() -> table.change("ALTER TABLE cloud.vm ADD cpu INT"))
                    .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo(1060));
            assertThatThrownBy(() -> table.change("ALTER TABLE cloud.nothing ADD cpu INT"))
                    .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo(1146));
        }
    }

    /** A table with two rows, and a connection to it. */
    private static final class Table implements AutoCloseable {

        private final TestDatabase database;
        private final Connection connection;
        private final OnlineDefinitions online;

        Table(TestedServer server) throws SQLException {
            database = TestDatabase.fresh(server.get());
            database.run("CREATE DATABASE cloud; " + TABLE + "; INSERT INTO cloud.vm VALUES (1, 1, ''), (2, 2, '')");
            connection = database.dataSource().getConnection();
            online = OnlineDefinitions.of(connection);
        }

        /** Tries the forms of a statement until the server does not refuse one. */
        void change(String statement) throws SQLException {
            List<SQLException> refusals = refusals(statement);
            if (refusals.size() == online.textsToTry(statement).size()) {
                throw refusals.get(refusals.size() - 1);
            }
        }

        List<SQLException> refusals(String statement) throws SQLException {
            List<SQLException> refusals = new ArrayList<>();
            for (String text : online.textsToTry(statement)) {
                try (Statement jdbc = connection.createStatement()) {
                    jdbc.execute(text);
                    break;
                } catch (SQLException e) {
                    if (!online.isRefused(e)) {
                        throw e;
                    }
                    refusals.add(e);
                }
            }
            return refusals;
        }

        /** InnoDB's number of the table, which a copy would get again. */
        String id() {
            String tables = online.product() == ServerProduct.MYSQL ? "innodb_tables" : "innodb_sys_tables";
            return String.valueOf(
                    one("SELECT table_id AS id FROM information_schema." + tables + " WHERE name = 'cloud/vm'")
                            .get("id"));
        }

        String definition() {
            return String.valueOf(one("SHOW CREATE TABLE cloud.vm").get("Create Table"));
        }

        long rows() {
            return database.count("cloud.vm");
        }

        private Map<String, Object> one(String query) {
            return database.rows(query).get(0);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
            database.close();
        }
    }
}
