package org.apache.cloudstack.framework.dbupgrade.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class SchemaSnapshotTest {

    private static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");

    private SchemaSnapshot expected = new SchemaSnapshot(true, Map.of(), Map.of());

    @BeforeAll
    void readTheExpectedPicture() throws SQLException {
        expected = snapshotOf(TestServers.shared(), "");
    }

    @AfterAll
    void leaveNothing() {
        TestDatabase.fresh(TestServers.shared()).close();
    }

    @Test
    void theSameScriptsLookTheSameOnEveryServer() throws SQLException {
        SchemaSnapshot older = snapshotOf(TestServers.mariaDb10_11(), "");
        SchemaSnapshot newer = snapshotOf(TestServers.mariaDb11_4(), "");

        assertThat(older.differencesFrom(expected)).isEmpty();
        assertThat(newer.differencesFrom(expected)).isEmpty();
        assertThat(older).isEqualTo(newer).isEqualTo(expected).hasSameHashCodeAs(expected);
    }

    @Test
    void definitionsReadLikeSql() {
        assertThat(expected.lines())
                .contains(
                        "column cloud.vm.redundant tinyint(1) NOT NULL DEFAULT 0",
                        "column cloud.vm.cpu int NOT NULL DEFAULT 1",
                        "column cloud.vm.code varchar(16) latin1 COLLATE latin1_bin NOT NULL",
                        "column cloud.account.name varchar(100) utf8mb3 COLLATE utf8mb3_general_ci NOT NULL DEFAULT 'it's \\ \"new\"'",
                        "column cloud.vm.exact datetime(6) DEFAULT current_timestamp(6)",
                        "column cloud.vm.settings json",
                        "index cloud.account.i_account__name (name(20), state)",
                        "index cloud.account.uc_account__uuid UNIQUE (uuid)",
                        "foreign key cloud.vm.fk_vm__account_id (account_id) REFERENCES cloud.account (id)"
                                + " ON DELETE CASCADE ON UPDATE NO ACTION",
                        "table cloud.vm InnoDB utf8mb4 COLLATE utf8mb4_unicode_ci");
    }

    @Test
    void tablesOfTheLibraryAreLeftOut() {
        assertThat(expected.lines()).noneMatch(line -> line.contains("flyway") || line.contains("dbupgrade"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    ALTER TABLE cloud.vm ADD extra INT AFTER id                          | column cloud.vm.extra: expected none
                    ALTER TABLE cloud.vm DROP tiny                                       | column cloud.vm.tiny: expected tinyint, found missing
                    ALTER TABLE cloud.vm ALTER redundant SET DEFAULT 1                   | column cloud.vm.redundant
                    ALTER TABLE cloud.account ALTER null_text SET DEFAULT NULL | column cloud.account.null_text
                    ALTER TABLE cloud.account ALTER function_text SET DEFAULT 'now()'    | column cloud.account.function_text
                    ALTER TABLE cloud.vm MODIFY factor FLOAT NOT NULL DEFAULT 1.5        | column cloud.vm.factor
                    ALTER TABLE cloud.vm MODIFY tiny SMALLINT                            | column cloud.vm.tiny
                    ALTER TABLE cloud.vm MODIFY secret VARBINARY(100) DEFAULT 'abc'      | column cloud.vm.secret
                    ALTER TABLE cloud.vm MODIFY updated TIMESTAMP NULL                   | column cloud.vm.updated
                    ALTER TABLE cloud.vm MODIFY details MEDIUMTEXT COLLATE utf8mb4_bin   | column cloud.vm.details
                    ALTER TABLE cloud.vm MODIFY tiny TINYINT(4) AFTER id                 | column order cloud.vm
                    ALTER TABLE cloud.vm DEFAULT COLLATE utf8mb4_bin                     | table cloud.vm
                    ALTER TABLE cloud.vm DEFAULT COLLATE utf8mb4_general_ci              | table cloud.vm
                    ALTER TABLE cloud.vm MODIFY details MEDIUMTEXT COLLATE utf8mb4_general_ci | column cloud.vm.details
                    ALTER TABLE cloud_usage.usage_event ENGINE=MyISAM                    | table cloud_usage.usage_event
                    ALTER DATABASE cloud DEFAULT CHARACTER SET latin1                    | database cloud
                    CREATE INDEX i_vm__cpu ON cloud.vm (cpu)                             | index cloud.vm.i_vm__cpu
                    DROP INDEX uc_account__uuid ON cloud.account                         | index cloud.account.uc_account__uuid
                    ALTER TABLE cloud.account DROP INDEX uc_account__uuid, ADD INDEX uc_account__uuid (uuid) | index cloud.account.uc_account__uuid
                    ALTER TABLE cloud.account DROP INDEX i_account__name, ADD INDEX i_account__name (state, name(20)) | index cloud.account.i_account__name
                    ALTER TABLE cloud.account DROP INDEX i_account__name, ADD INDEX i_account__name (name(10), state) | index cloud.account.i_account__name
                    ALTER TABLE cloud.vm DROP FOREIGN KEY fk_vm__account_id; ALTER TABLE cloud.vm ADD CONSTRAINT fk_vm__account_id FOREIGN KEY (account_id) REFERENCES cloud.account (id) | foreign key cloud.vm.fk_vm__account_id
                    ALTER TABLE cloud.vm DROP CONSTRAINT c_vm__cpu                       | check cloud.vm.c_vm__cpu
                    CREATE OR REPLACE VIEW cloud.vm_view AS SELECT id FROM cloud.vm      | view cloud.vm_view
                    DROP VIEW cloud.vm_view                                              | view cloud.vm_view
                    DROP TRIGGER cloud.vm_insert                                         | trigger cloud.vm.vm_insert
                    DROP FUNCTION cloud.twice; CREATE FUNCTION cloud.twice(number INT) RETURNS INT DETERMINISTIC RETURN number * 3 | function cloud.twice
                    DROP FUNCTION cloud.twice; CREATE FUNCTION cloud.twice(number BIGINT) RETURNS INT DETERMINISTIC RETURN number * 2 | function cloud.twice
                    DROP PROCEDURE cloud.purge                                           | procedure cloud.purge
                    DROP TABLE cloud_usage.usage_event                                   | table cloud_usage.usage_event: expected InnoDB
                    CREATE TABLE cloud.host (id INT PRIMARY KEY, name TEXT)              | table cloud.host
                    DROP DATABASE cloud_usage                                            | database cloud_usage
                    """)
    void oneChangeIsOneDifferenceThatNamesIt(String change, String difference) throws SQLException {
        SchemaSnapshot changed = snapshotOf(TestServers.shared(), change);

        assertThat(changed.differencesFrom(expected)).singleElement().asString().startsWith(difference);
    }

    @Test
    void everyChangeIsTold() throws SQLException {
        SchemaSnapshot changed =
                snapshotOf(TestServers.shared(), "ALTER TABLE cloud.vm DROP tiny; DROP TRIGGER cloud.vm_insert");

        assertThat(changed.differencesFrom(expected))
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.vm.tiny", "cloud.vm.vm_insert");
    }

    @Test
    void aViewOnAMissingTableIsBroken() throws SQLException {
        SchemaSnapshot changed = snapshotOf(TestServers.shared(), "DROP TABLE cloud.account_ref");

        assertThat(changed.differencesFrom(expected))
                .extracting(SchemaDifference::toString)
                .satisfiesExactly(
                        table -> assertThat(table).startsWith("table cloud.account_ref"), view -> assertThat(view)
                                .startsWith("view cloud.ref_view")
                                .contains("(broken)"));
    }

    @Test
    void whatIsNotThereIsNotInThePicture() throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(TestServers.shared())) {
            assertThat(read(database).lines()).isEmpty();
        }
    }

    private static SchemaSnapshot snapshotOf(DatabaseServer server, String change) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(server)) {
            database.run(SampleSchema.DDL);
            if (!change.isEmpty()) {
                database.run(change);
            }
            return read(database);
        }
    }

    private static SchemaSnapshot read(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, SCHEMAS);
        }
    }
}
