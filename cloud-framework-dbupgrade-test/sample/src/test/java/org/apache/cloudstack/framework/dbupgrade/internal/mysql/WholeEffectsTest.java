package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlEffectProbe;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement took effect when what is there is wholly what it makes; something else of that name says nothing. */
@UpgradeDatabase
class WholeEffectsTest {

    private MigratedDatabase database;

    @BeforeEach
    void tables(MigratedDatabase given) {
        database = given;
        run("CREATE DATABASE cloud");
        run("CREATE TABLE cloud.a (id INT PRIMARY KEY, name VARCHAR(20), size INT, KEY by_name (name))");
        run("CREATE TABLE cloud.b (id INT AUTO_INCREMENT PRIMARY KEY, a_id INT, CONSTRAINT fk_old FOREIGN KEY (a_id)"
                + " REFERENCES cloud.a (id))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                        + " kind ENUM('a','b,c') DEFAULT 'a', name VARCHAR(10) CHARACTER SET latin1, UNIQUE KEY u (name))"
                        + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='it''s (c)'",
                "CREATE TABLE c (id INT PRIMARY KEY, a_id INT, b_id INT, CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id)"
                        + " ON DELETE CASCADE, FOREIGN KEY (b_id) REFERENCES cloud.b (id), CONSTRAINT small CHECK (id < 9))",
                "CREATE TABLE c (d DATE NOT NULL) PARTITION BY HASH (YEAR(d)) PARTITIONS 2",
                "CREATE TABLE c LIKE a",
                "ALTER TABLE a ADD COLUMN kind VARCHAR(9) NOT NULL DEFAULT 'x' COMMENT 'a, b' AFTER id, ADD KEY k (kind(3), size)",
                "ALTER TABLE b ADD note TEXT, ADD CONSTRAINT fk_new FOREIGN KEY (a_id) REFERENCES a (id) ON UPDATE CASCADE",
                "ALTER TABLE a ADD COLUMN (x INT, y INT), DROP KEY by_name, ALGORITHM=DEFAULT, LOCK=DEFAULT",
                "ALTER TABLE a CHANGE COLUMN name title VARCHAR(30) NOT NULL, ADD COLUMN z INT",
                "ALTER TABLE a ADD CONSTRAINT positive CHECK (size > 0)",
                "CREATE UNIQUE INDEX u ON a (name, size) ALGORITHM=DEFAULT",
                "CREATE VIEW v AS SELECT id, CONCAT(name, '(x)') AS n FROM a WHERE size > 1",
                "CREATE PROCEDURE p(IN x INT, OUT y VARCHAR(20)) MODIFIES SQL DATA SQL SECURITY INVOKER COMMENT 'it''s p'"
                        + " BEGIN UPDATE a SET size = x; SET y = 'done'; END",
                "CREATE FUNCTION f(x INT) RETURNS VARCHAR(20) DETERMINISTIC NO SQL RETURN CONCAT('a', x)",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.size = NEW.id",
                "CREATE EVENT e ON SCHEDULE EVERY 2 DAY ON COMPLETION PRESERVE DISABLE DO DELETE FROM a"
            })
    void whatTheStatementMadeIsRecognizedAndNothingIsLeftBehind(String statement) throws SQLException {
        assertThat(effectOf(statement)).isEqualTo(DdlOutcome.NOT_DONE);
        run("USE cloud; " + statement);
        List<String> before = objects();

        assertThat(effectOf(statement)).isEqualTo(DdlOutcome.DONE);
        assertThat(objects()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id BIGINT)",
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id INT NOT NULL)",
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id INT DEFAULT 7)",
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id INT, more INT)",
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id INT, KEY k (id))",
                "CREATE TABLE c (n VARCHAR(9))                  | CREATE TABLE c (n VARCHAR(9)) CHARSET=ascii ",
                "CREATE TABLE c (id INT)                        | CREATE TABLE c (id INT) ENGINE=MyISAM",
                "CREATE TABLE c (x INT, FOREIGN KEY (x) REFERENCES a (id)) | CREATE TABLE c (x INT, KEY x (x))",
                "CREATE TABLE c LIKE a                          | CREATE TABLE c LIKE b",
                "CREATE TABLE c (i INT) PARTITION BY HASH (i) PARTITIONS 2 | CREATE TABLE c (i INT) PARTITION BY HASH (i) PARTITIONS 3",
                "ALTER TABLE a ADD COLUMN x INT                 | ALTER TABLE a ADD COLUMN x VARCHAR(10)",
                "ALTER TABLE a ADD COLUMN x INT                 | ALTER TABLE a ADD COLUMN x INT FIRST",
                "ALTER TABLE a ADD COLUMN x INT, MODIFY name VARCHAR(99) | ALTER TABLE a ADD COLUMN x INT",
                "ALTER TABLE a ADD COLUMN x VARCHAR(9)          | ALTER TABLE a ADD COLUMN x VARCHAR(9) CHARACTER SET ascii",
                "ALTER TABLE a CHANGE name title VARCHAR(30)    | ALTER TABLE a CHANGE name title VARCHAR(29)",
                "ALTER TABLE a ADD KEY k (name, size)           | ALTER TABLE a ADD KEY k (size)",
                "ALTER TABLE a ADD UNIQUE KEY k (size)          | ALTER TABLE a ADD KEY k (size)",
                "CREATE INDEX k ON a (name(5))                  | CREATE INDEX k ON a (name)",
                "ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE | ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id)",
                "ALTER TABLE a ADD CONSTRAINT p CHECK (size > 0) | ALTER TABLE a ADD CONSTRAINT p CHECK (size > 1)",
                "CREATE VIEW v AS SELECT id FROM a              | CREATE VIEW v AS SELECT id FROM a WHERE id > 1",
                "CREATE PROCEDURE p(x INT) SELECT 1             | CREATE PROCEDURE p(x INT) SELECT 2",
                "CREATE PROCEDURE p(x INT) SELECT 1             | CREATE PROCEDURE p(x BIGINT) SELECT 1",
                "CREATE PROCEDURE p(x INT) SELECT 1             | CREATE PROCEDURE p(x INT) SQL SECURITY INVOKER SELECT 1",
                "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1 | CREATE FUNCTION f() RETURNS INT NO SQL DETERMINISTIC RETURN 1",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.size = 1 | CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW SET NEW.size = 1",
                "CREATE EVENT e ON SCHEDULE EVERY 2 DAY DO DELETE FROM a | CREATE EVENT e ON SCHEDULE EVERY 2 HOUR DO DELETE FROM a"
            })
    void somethingElseOfThatNameSaysNothing(String statement, String byHand) throws SQLException {
        run("USE cloud; " + byHand);

        assertThat(seenOf(statement)).satisfies(seen -> {
            assertThat(seen.effect()).isEqualTo(DdlOutcome.UNCLEAR);
            assertThat(seen.difference()).contains(" is there and differs: found ", "; the statement makes ");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "CREATE TABLE c (id INT, n INT NOT NULL)  | CREATE TABLE c (id INT, n INT DEFAULT 7)"
                        + "| found `n` int% DEFAULT % the statement makes `n` int% NOT NULL",
                "ALTER TABLE a ADD COLUMN x INT, ADD y INT | ALTER TABLE a ADD COLUMN x INT"
                        + "| its parts differ: column x of cloud.a: done, column y of cloud.a: not done",
                "ALTER TABLE a ADD COLUMN x INT           | ALTER TABLE a ADD COLUMN x INT FIRST"
                        + "| found the columns in the order `x`, `id`%; the statement makes the columns in the order `id`%`x`",
                "ALTER TABLE a ADD KEY k (name, size)     | ALTER TABLE a ADD KEY k (size)"
                        + "| found KEY `k` (`size`); the statement makes KEY `k` (`name`,`size`)",
                "CREATE PROCEDURE p() UPDATE a SET size = 1 | CREATE PROCEDURE p() DELETE FROM a"
                        + "| cloud.p is there and differs: found %DELETE FROM a; the statement makes %UPDATE a SET size = …",
            })
    void theDifferenceIsSaid(String statement, String byHand, String difference) throws SQLException {
        run("USE cloud; " + byHand);

        assertThat(seenOf(statement).difference())
                .matches("(?s).*" + java.util.regex.Pattern.quote(difference).replace("%", "\\E.*\\Q") + ".*");
    }

    @Test
    void aTableThatReplacesAnotherSaysNothing() throws SQLException {
        run("USE cloud; CREATE TABLE c (id INT)");

        assertThat(seenOf("CREATE OR REPLACE TABLE c (id INT)")).isEqualTo(DdlEffectProbe.Seen.of(DdlOutcome.UNCLEAR));
    }

    @Test
    void aProgramThatReplacesAnotherIsMadeAgain() throws SQLException {
        run("USE cloud; CREATE PROCEDURE p() SELECT 1");

        assertThat(effectOf("CREATE OR REPLACE PROCEDURE p() SELECT 2")).isEqualTo(DdlOutcome.NOT_DONE);
        assertThat(effectOf("CREATE PROCEDURE IF NOT EXISTS p() SELECT 2")).isEqualTo(DdlOutcome.NOT_DONE);
    }

    private DdlOutcome effectOf(String statement) throws SQLException {
        return seenOf(statement).effect();
    }

    private DdlEffectProbe.Seen seenOf(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setCatalog("cloud");
            return new DefinitionEffects("cloud").lookUp(connection, List.of(new SqlStatement(1, 1, statement)));
        }
    }

    private List<String> objects() {
        return database.jdbc()
                .sql("SELECT CONCAT(table_type, ' ', table_name) FROM information_schema.tables"
                        + " WHERE table_schema = 'cloud' ORDER BY 1")
                .query(String.class)
                .list();
    }

    private void run(String sql) {
        database.server().run(sql);
    }
}
