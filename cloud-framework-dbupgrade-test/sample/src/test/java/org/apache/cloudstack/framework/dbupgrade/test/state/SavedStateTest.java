package org.apache.cloudstack.framework.dbupgrade.test.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.backup.OneOfEverything;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.sample.SystemVmTemplateCheck;
import org.apache.cloudstack.framework.dbupgrade.test.data.TestData;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a restore everything is what it was, to the last octet, whatever was done before. */
class SavedStateTest {

    private static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");

    private static final List<String> CHANGES = List.of(
            "UPDATE cloud.word SET word = 'ZERO' WHERE id = 0",
            "DELETE FROM cloud.word WHERE id = 4711",
            "UPDATE cloud.octets SET bits = b'1' WHERE id = 2",
            "UPDATE cloud.number SET settings = '{\"ä\": [1, null, 1.0]}' WHERE id = 1",
            "UPDATE cloud.number SET price = 0, kind = 'a', flags = 'y' WHERE id = 1",
            "UPDATE cloud.moment SET stamp = '2024-03-31 02:30:01' WHERE id = 1",
            "INSERT INTO cloud.nothing VALUES (NULL)",
            "INSERT INTO cloud.nothing VALUES (NULL); DELETE FROM cloud.nothing",
            "ALTER TABLE cloud.word AUTO_INCREMENT = 100000",
            "ALTER TABLE cloud.egg DROP FOREIGN KEY fk_egg",
            "ALTER TABLE cloud.egg COMMENT 'other'",
            "ALTER TABLE cloud.hen ADD COLUMN more INT",
            "ALTER DATABASE cloud_usage CHARACTER SET latin1",
            "DROP TRIGGER cloud.word_bu",
            "CREATE TRIGGER cloud.first BEFORE UPDATE ON cloud.word FOR EACH ROW PRECEDES word_bu SET @x = 1",
            "DROP PROCEDURE cloud.fill; CREATE PROCEDURE cloud.fill() SELECT 1",
            "CREATE FUNCTION cloud.more() RETURNS INT DETERMINISTIC RETURN 1",
            "DROP VIEW cloud.z_base",
            "CREATE OR REPLACE VIEW cloud_usage.across AS SELECT 1 AS id",
            "DROP EVENT cloud.`nightly job`",
            "CREATE TABLE cloud.more (id INT PRIMARY KEY, egg INT, FOREIGN KEY (egg) REFERENCES cloud.egg (id))",
            "SET SESSION foreign_key_checks = 0; DROP TABLE cloud.egg",
            "DROP DATABASE cloud_usage; CREATE DATABASE cloud_usage");

    private final TestDatabase database = TestDatabase.fresh(TestServers.shared());

    @AfterEach
    void close() {
        // foreign keys may go from one database to the other
        database.run(
                "SET SESSION foreign_key_checks = 0; DROP DATABASE IF EXISTS cloud; DROP DATABASE IF EXISTS cloud_usage");
        database.close();
    }

    @Test
    void databasesGoFromAnyReleaseToTheOneThatTheyWereAt() {
        MigratedDatabase platform = platform();
        List<SavedState> states = new ArrayList<>();
        List<List<String>> pictures = new ArrayList<>();
        try {
            for (String release : List.of("4.0.0", "4.5.2", "4.7.0")) {
                platform.upgrade(release);
                TestData.in(platform).seed(7).everywhere(20).insert();
                states.add(SavedState.of(database, SCHEMAS));
                pictures.add(picture());
            }
            for (int each : List.of(1, 0, 2)) {
                states.get(each).restore();
                assertThat(picture()).isEqualTo(pictures.get(each));
            }
            database.run("DROP DATABASE cloud; DROP DATABASE cloud_usage");
            states.get(1).restore();
            assertThat(picture()).isEqualTo(pictures.get(1));
        } finally {
            states.forEach(SavedState::close);
        }
    }

    @Test
    void anUpgradeOfWhatWasRestoredEndsLikeAnyOther() {
        MigratedDatabase platform = platform();
        platform.upgrade("4.2.1");
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            platform.upgrade();
            var newest = platform.schema();
            database.run("DROP DATABASE cloud; DROP DATABASE cloud_usage");

            state.restore();

            assertThat(platform.upgrade().from()).map(Object::toString).contains("4.2.1");
            assertThat(platform.schema()).isEqualTo(newest);
            assertThat(platform.toNewest().verify().differences()).isEmpty();
        }
    }

    @Test
    void everyKindOfThingIsRestored() {
        OneOfEverything.createIn(database);
        List<String> before = picture();
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            database.run("SET SESSION foreign_key_checks = 0; DROP DATABASE cloud; DROP DATABASE cloud_usage");
            state.restore();
            assertThat(picture()).isEqualTo(before);

            state.restore();
            assertThat(picture()).isEqualTo(before);
        }
    }

    @Test
    void whateverIsDoneToThemIsUndone() {
        OneOfEverything.createIn(database);
        List<String> before = picture();
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            for (String sql : CHANGES) {
                database.run("SET SESSION foreign_key_checks = 0; " + sql);
                assertThat(picture())
                        .as("the test changes something by %s", sql)
                        .isNotEqualTo(before);

                state.restore();

                assertThat(picture()).as("restored after %s", sql).isEqualTo(before);
            }
        }
    }

    @Test
    void rowsWithoutAKeyAreRestored() {
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (a INT, b VARCHAR(9));"
                + " INSERT INTO cloud.t VALUES (1, 'x'), (1, 'x'), (NULL, NULL)");
        List<String> before = picture();
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            database.run("UPDATE cloud.t SET b = 'X' LIMIT 1");

            state.restore();

            assertThat(picture()).isEqualTo(before);
        }
    }

    /** The server drops an index that it made for a foreign key once another one serves, but none that was created by name. */
    @Test
    void aMigrationThatAddsAnIndexFindsThoseOfForeignKeysAsTheyWere() {
        database.run("""
                CREATE DATABASE cloud;
                CREATE TABLE cloud.p (id INT PRIMARY KEY, n INT, UNIQUE (n));
                CREATE TABLE cloud.c (id INT PRIMARY KEY, named INT, unnamed INT, more INT, explicit INT, KEY i (explicit),
                  CONSTRAINT fk_named FOREIGN KEY (named) REFERENCES cloud.p (id),
                  FOREIGN KEY (unnamed) REFERENCES cloud.p (id),
                  FOREIGN KEY (more) REFERENCES cloud.p (n),
                  CONSTRAINT fk_explicit FOREIGN KEY (explicit) REFERENCES cloud.p (id));
                ALTER TABLE cloud.c ADD COLUMN later INT, ADD INDEX i_more (id, more),
                  ADD CONSTRAINT fk_later FOREIGN KEY (later) REFERENCES cloud.p (id);
                INSERT INTO cloud.p VALUES (1, 1);
                INSERT INTO cloud.c VALUES (1, 1, 1, 1, 1, 1)""");
        String migration = "ALTER TABLE cloud.c ADD INDEX n1 (named), ADD INDEX n2 (unnamed), ADD INDEX n3 (more, id),"
                + " ADD INDEX n4 (explicit), ADD INDEX n5 (later)";
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            List<String> before = picture();
            database.run(migration);
            List<String> after = picture();
            assertThat(database.rows("SHOW CREATE TABLE cloud.c").toString())
                    .contains("KEY `i` ", "KEY `n5` ")
                    .doesNotContain("KEY `fk_named` ", "KEY `unnamed` ", "KEY `more` ", "KEY `fk_later` ");

            state.restore();

            assertThat(picture()).isEqualTo(before);
            database.run(migration);
            assertThat(picture()).isEqualTo(after);
        }
    }

    @Test
    void aDatabaseThatWasNotThereGoesAgain() {
        try (SavedState state = SavedState.of(database, SCHEMAS)) {
            database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (id INT)");

            state.restore();

            assertThat(database.rows("SHOW DATABASES LIKE 'cloud%'")).isEmpty();
        }
    }

    @Test
    void whatCouldNotBeCreatedAgainIsRefused() {
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (id INT);"
                + " CREATE VIEW cloud.v AS SELECT id FROM cloud.t; DROP TABLE cloud.t");
        List<?> before = keptOnTheServer();

        assertThatThrownBy(() -> SavedState.of(database, SCHEMAS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("view cloud.v");
        assertThat(keptOnTheServer()).isEqualTo(before);
    }

    @Test
    void nothingIsLeftOnTheServerWhenItIsClosed() {
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (id INT)");
        List<?> before = keptOnTheServer();
        SavedState state = SavedState.of(database, SCHEMAS);
        assertThat(keptOnTheServer()).hasSize(before.size() + 1);

        state.close();

        assertThat(keptOnTheServer()).isEqualTo(before);
    }

    /** Those of other tests of this process are among them. */
    private List<?> keptOnTheServer() {
        return database.rows("SHOW DATABASES LIKE 'dbupgrade%'");
    }

    private MigratedDatabase platform() {
        return new MigratedDatabase(
                database,
                UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(SampleManagementServer.MIGRATIONS),
                upgrade -> upgrade.checks(List.of(new SystemVmTemplateCheck())));
    }

    private List<String> picture() {
        try (Connection connection = database.dataSource().getConnection()) {
            List<String> there = database.jdbc()
                    .sql("SELECT schema_name FROM information_schema.schemata WHERE schema_name IN (?, ?) ORDER BY 1")
                    .params(SCHEMAS)
                    .query(String.class)
                    .list();
            return DatabasePicture.of(connection, there);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
