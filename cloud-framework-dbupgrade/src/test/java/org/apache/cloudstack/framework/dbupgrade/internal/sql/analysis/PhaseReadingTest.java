package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.FoundChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement means follows from what was there, and from what older nodes know. */
class PhaseReadingTest {

    private static final String HOST = "CREATE TABLE host (id INT NOT NULL PRIMARY KEY, name VARCHAR(40) NOT NULL,"
            + " size DECIMAL(10,2), at DATETIME(3), code CHAR(4) CHARACTER SET latin1, big INT UNSIGNED, on_off TINYINT(1) DEFAULT 0,"
            + " sort ENUM('a','b') DEFAULT 'a', UNIQUE KEY uk (name)) CHARSET=utf8mb4";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MODIFY id BIGINT                                  | WIDEN_NUMBER",
                "MODIFY id INT(11)                                 | COMMENT",
                "MODIFY id INT UNSIGNED NOT NULL                   | NARROW",
                "MODIFY big BIGINT                                 | WIDEN_NUMBER",
                "MODIFY big INT                                    | NARROW",
                "MODIFY name VARCHAR(40) NOT NULL                  | COMMENT",
                "MODIFY name VARCHAR(40) NOT NULL COMMENT 'x'      | COMMENT",
                "MODIFY name VARCHAR(40)                           | ALLOW_NULL",
                "MODIFY name VARCHAR(39) NOT NULL                  | NARROW",
                "MODIFY name VARCHAR(63) NOT NULL                  | WIDEN_VARCHAR",
                "MODIFY name VARCHAR(64) NOT NULL                  | WIDEN_VARCHAR_PAST_255",
                "MODIFY name VARCHAR(64) DEFAULT 'n' NOT NULL      | WIDEN_VARCHAR_PAST_255 GIVE_DEFAULT",
                "MODIFY name TEXT NOT NULL                         | WIDEN_TYPE",
                "MODIFY name TINYTEXT NOT NULL                     | WIDEN_TYPE",
                "MODIFY name CHAR(40) NOT NULL                     | NARROW",
                "MODIFY name VARBINARY(200) NOT NULL               | CHANGE_TYPE",
                "MODIFY name VARCHAR(40) COLLATE utf8mb4_bin NOT NULL | CHANGE_COLLATION_INDEXED",
                "MODIFY name VARCHAR(40) CHARACTER SET latin1 NOT NULL | CHANGE_CHARSET",
                "MODIFY code CHAR(4) CHARACTER SET utf8mb4         | WIDEN_OTHER_CHARSET",
                "MODIFY code CHAR(5) CHARACTER SET latin1          | WIDEN_TYPE",
                "MODIFY size DECIMAL(12,4)                         | WIDEN_NUMBER",
                "MODIFY size DECIMAL(10,3)                         | NARROW",
                "MODIFY size DOUBLE                                | CHANGE_TYPE",
                "MODIFY at DATETIME                                | NARROW",
                "MODIFY at DATETIME(6)                             | WIDEN_TYPE",
                "MODIFY at DATE                                    | CHANGE_TYPE",
                "MODIFY on_off BOOLEAN DEFAULT FALSE               | SET_DEFAULT",
                "MODIFY on_off TINYINT(1) DEFAULT '0'              | COMMENT",
                "MODIFY on_off TINYINT(1)                          | DROP_DEFAULT",
                "MODIFY sort ENUM('a','b','c') DEFAULT 'a'         | APPEND_VALUE",
                "MODIFY sort ENUM('b','a') DEFAULT 'a'             | REORDER_VALUES",
                "MODIFY sort ENUM('a') DEFAULT 'a' FIRST           | MOVE REMOVE_VALUE",
                "CHANGE big bigger BIGINT UNSIGNED                 | RENAME WIDEN_NUMBER",
                "ALTER big SET DEFAULT 1                           | SET_DEFAULT",
                "ALTER name SET DEFAULT 'x'                        | GIVE_DEFAULT",
                "ADD UNIQUE (name, big)                            | ADD_IMPLIED_UNIQUE",
                "ADD UNIQUE (name(10), big)                        | ADD_UNIQUE",
                "ADD COLUMN c DATETIME DEFAULT CURRENT_TIMESTAMP   | ADD_DEFAULTED",
                "ADD COLUMN c INT DEFAULT NULL FIRST               | ADD_ELSEWHERE",
                "ADD COLUMN c INT NOT NULL DEFAULT 1 FIRST         | ADD_DEFAULTED ADD_ELSEWHERE",
                "DROP PRIMARY KEY, ADD PRIMARY KEY (name)          | REPLACE_PRIMARY",
                "COMMENT='x', AUTO_INCREMENT=7                     | NEXT_NUMBER OPTION"
            })
    void aChangeIsNamedByWhatWasThere(String change, String expected) {
        PhaseAnalyzer reading = after(HOST);

        assertThat(names(read(reading, "ALTER TABLE host " + change), expected)).isEqualTo(expected);
    }

    private static final String TEXTS = "CREATE TABLE host (id INT PRIMARY KEY, e VARCHAR(10) NOT NULL DEFAULT '',"
            + " n VARCHAR(10) NOT NULL, s VARCHAR(25), w VARCHAR(10) DEFAULT 'NULL', up VARCHAR(10) DEFAULT 'A b',"
            + " b VARCHAR(10) COLLATE utf8mb4_bin, l VARCHAR(10) CHARACTER SET latin1, z VARCHAR(10) BINARY,"
            + " g VARCHAR(20) AS (CONCAT(s, 'X')))";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MODIFY e VARCHAR(10) NOT NULL                 | DROP_DEFAULT",
                "MODIFY e VARCHAR(10)                          | ALLOW_NULL DROP_DEFAULT",
                "MODIFY e VARCHAR(10) NOT NULL DEFAULT ''      | COMMENT",
                "MODIFY n VARCHAR(10) NOT NULL DEFAULT ''      | GIVE_DEFAULT",
                "MODIFY s VARCHAR(25) DEFAULT ''               | SET_DEFAULT",
                "MODIFY s VARCHAR(25) DEFAULT NULL             | COMMENT",
                "MODIFY s VARCHAR(25) DEFAULT 'null'           | SET_DEFAULT",
                "MODIFY w VARCHAR(10) DEFAULT NULL             | DROP_DEFAULT",
                "MODIFY w VARCHAR(10) DEFAULT ''               | SET_DEFAULT",
                "MODIFY up VARCHAR(10) DEFAULT 'a b'           | SET_DEFAULT",
                "MODIFY up VARCHAR(10) DEFAULT 'Ab'            | SET_DEFAULT",
                "MODIFY up VARCHAR(10) DEFAULT 'A b'           | COMMENT",
                "MODIFY g VARCHAR(20) AS (CONCAT(s, 'x'))      | CHANGE_EXPRESSION",
                "MODIFY g VARCHAR(20) AS (concat(`s`,'X'))     | COMMENT",
                "MODIFY s VARCHAR(25) BINARY                   | CHANGE_COLLATION",
                "MODIFY s VARCHAR(25) COLLATE utf8mb4_bin      | WIDEN_OTHER_CHARSET CHANGE_COLLATION",
                "MODIFY s VARCHAR(25) COLLATE utf8mb4_0900_as_cs | WIDEN_OTHER_CHARSET CHANGE_COLLATION",
                "MODIFY z VARCHAR(10)                          | CHANGE_COLLATION",
                "MODIFY z VARCHAR(10) BINARY                   | COMMENT",
                "MODIFY b VARCHAR(10)                          | CHANGE_CHARSET CHANGE_COLLATION",
                "MODIFY b VARCHAR(10) CHARACTER SET utf8mb4    | CHANGE_COLLATION",
                "MODIFY b VARCHAR(10) CHARACTER SET utf8mb4 BINARY | COMMENT",
                "MODIFY l VARCHAR(10)                          | CHANGE_CHARSET",
                "MODIFY l VARCHAR(10) CHARACTER SET latin1     | COMMENT",
                "ALTER e SET DEFAULT ''                        | COMMENT",
                "ALTER e SET DEFAULT 'x'                       | SET_DEFAULT"
            })
    void noDefaultNullAndTheEmptyStringAreThreeThingsAndTextIsComparedAsItIsKept(String change, String expected) {
        assertThat(names(read(after(TEXTS), "ALTER TABLE host " + change), expected))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a VARCHAR(9)                             | utf8mb4                            | CONVERT_WIDER",
                "a VARCHAR(9)                             | utf8mb4 COLLATE utf8mb4_unicode_ci | CONVERT_WIDER",
                "a VARCHAR(9)                             | utf8mb4 COLLATE utf8mb4_bin        | CONVERT_COMPARED",
                "a VARCHAR(9)                             | utf8mb4 COLLATE utf8mb4_0900_as_cs | CONVERT_COMPARED",
                "a VARCHAR(9) COLLATE utf8mb3_bin         | utf8mb4                            | CONVERT_COMPARED",
                "a VARCHAR(9) COLLATE utf8mb3_bin         | utf8mb4 COLLATE utf8mb4_bin        | CONVERT_WIDER",
                "a VARCHAR(9), b TEXT COLLATE utf8mb3_bin | utf8mb4 COLLATE utf8mb4_bin        | CONVERT_COMPARED",
                "a INT                                    | utf8mb4 COLLATE utf8mb4_bin        | CONVERT_COMPARED"
            })
    void aConversionIsHarmlessOnlyWhereTextComparesAsBefore(String columns, String to, String expected) {
        assertThat(names(
                        read(
                                after("CREATE TABLE host (id INT PRIMARY KEY, " + columns + ") CHARSET=utf8mb3"),
                                "ALTER TABLE host CONVERT TO CHARACTER SET " + to),
                        expected))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEFAULT CHARSET=latin1       | MODIFY s VARCHAR(25)                      | CHANGE_CHARSET",
                "DEFAULT CHARSET=latin1       | MODIFY l VARCHAR(10)                      | COMMENT",
                "CONVERT TO CHARSET latin1    | MODIFY s VARCHAR(25)                      | COMMENT",
                "CONVERT TO CHARSET latin1    | MODIFY b VARCHAR(10)                      | COMMENT",
                "CONVERT TO CHARSET latin1    | MODIFY s VARCHAR(25) CHARACTER SET latin1 | COMMENT"
            })
    void columnsKeepTheirTextWhenTheDefaultsOfTheirTableChange(String options, String change, String expected) {
        assertThat(names(read(after(TEXTS, "ALTER TABLE host " + options), "ALTER TABLE host " + change), expected))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNION=(a, b)", "INSERT_METHOD=LAST", "CONNECTION='mysql://x'", "SEQUENCE=1"})
    void anOptionOfATableThatIsNotKnownToBeHarmlessIsTakenForTheWorst(String option) {
        StatementPhase phase = read(after(TEXTS), "ALTER TABLE host " + option);

        assertThat(phase.phase()).contains(Phase.CONTRACT);
        assertThat(phase.isUnsure()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE elsewhere MODIFY a BIGINT      | what the column a was is not known; declare its phase",
                "ALTER TABLE elsewhere DROP INDEX i         | what the index i forbade is not known; declare its phase",
                "ALTER TABLE elsewhere DROP FOREIGN KEY f   | what the foreign key f did is not known; declare its phase",
                "ALTER TABLE elsewhere DROP CONSTRAINT c    | what the constraint c was is not known; declare its phase",
                "CALL p()                                   | what the procedure cloud.p does is not known, so declare its phase"
            })
    void whatIsNotKnownIsTakenForTheWorst(String statement, String reason) {
        StatementPhase phase = read(after(HOST), statement);

        assertThat(phase.phase()).contains(Phase.CONTRACT);
        assertThat(phase.isUnsure()).isTrue();
        assertThat(phase.reason()).endsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE host ADD UNIQUE (slot)                         | EXPAND",
                "ALTER TABLE host ADD UNIQUE (slot, big)                    | EXPAND",
                "ALTER TABLE host ADD UNIQUE (kind)                         | CONTRACT",
                "ALTER TABLE host ADD UNIQUE (big)                          | CONTRACT",
                "ALTER TABLE host ADD FOREIGN KEY (slot) REFERENCES t (id)  | EXPAND",
                "ALTER TABLE host ADD FOREIGN KEY (kind) REFERENCES t (id)  | CONTRACT",
                "ALTER TABLE host ADD CHECK (slot > 0 AND kind > 0)         | EXPAND",
                "ALTER TABLE host ADD CHECK (slot > big)                    | CONTRACT",
                "ALTER TABLE host DROP COLUMN slot                          | EXPAND",
                "ALTER TABLE host MODIFY slot TINYINT NOT NULL              | EXPAND",
                "ALTER TABLE host DROP COLUMN big                           | CONTRACT",
                "DROP TABLE fresh                                           | EXPAND",
                "ALTER TABLE fresh ADD UNIQUE (a)                           | EXPAND",
                "CREATE TRIGGER tr BEFORE INSERT ON fresh FOR EACH ROW SET NEW.a = 1 | EXPAND",
                "CREATE TRIGGER tr BEFORE INSERT ON host FOR EACH ROW SET NEW.big = 1 | CONTRACT"
            })
    void olderServersDoNotKnowWhatCameWithTheRelease(String statement, Phase expected) {
        PhaseAnalyzer reading = after(HOST);
        read(reading, "ALTER TABLE host ADD slot INT NULL, ADD kind INT NOT NULL DEFAULT 1");
        read(reading, "CREATE TABLE fresh (a INT)");

        assertThat(read(reading, statement).phase()).contains(expected);
    }

    @Test
    void whatCameWithAnEarlierReleaseIsKnown() {
        PhaseAnalyzer reading = after(HOST);
        read(reading, "ALTER TABLE host ADD slot INT NULL");
        reading.beginRelease();

        assertThat(read(reading, "ALTER TABLE host ADD UNIQUE (slot)").phase()).contains(Phase.CONTRACT);
    }

    @Test
    void theMemoryFollowsNames() {
        PhaseAnalyzer reading = after(HOST);
        read(reading, "RENAME TABLE host TO machine");
        read(reading, "ALTER TABLE machine RENAME COLUMN big TO bigger");
        read(reading, "ALTER TABLE machine RENAME INDEX uk TO uk_name");

        assertThat(changes(read(reading, "ALTER TABLE cloud.Machine MODIFY Bigger BIGINT UNSIGNED")))
                .containsExactly("WIDEN_NUMBER");
        assertThat(changes(read(reading, "DROP INDEX uk_name ON machine"))).containsExactly("DROP_UNIQUE");
    }

    @Test
    void aViewIsComparedWithTheOneBefore() {
        PhaseAnalyzer reading = after(HOST, "CREATE VIEW v AS SELECT h.id, name AS label, COUNT(*) AS n FROM host h");

        assertThat(read(reading, "CREATE OR REPLACE VIEW v AS SELECT id, name AS LABEL, 1 AS n, big FROM host")
                        .phase())
                .contains(Phase.EXPAND);
        assertThat(read(reading, "CREATE OR REPLACE VIEW v (id, n) AS SELECT id, 1 FROM host")
                        .phase())
                .contains(Phase.CONTRACT);
        assertThat(read(reading, "CREATE OR REPLACE VIEW v AS SELECT * FROM host")
                        .isUnsure())
                .isTrue();
    }

    @Test
    void whatIsDroppedAndCreatedAgainIsReplaced() {
        PhaseAnalyzer reading = after(HOST, "CREATE VIEW v AS SELECT id, name FROM host");

        ScriptPhase script = reading.read(Statements.analyze(
                "DROP VIEW v",
                "CREATE VIEW v AS SELECT id, name, big FROM host",
                "DROP FUNCTION IF EXISTS f",
                "CREATE FUNCTION f() RETURNS INT RETURN 1"));

        assertThat(script.phase()).isEqualTo(Phase.EXPAND);
        assertThat(script.split()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                              | DROP TABLE IF EXISTS n                     | EXPAND",
                "                              | DROP TABLE IF EXISTS host                  | CONTRACT",
                "                              | DROP TABLE n                               | CONTRACT",
                "                              | DROP TABLE IF EXISTS other.n               | CONTRACT",
                "ALTER TABLE unseen ADD a INT  | DROP TABLE IF EXISTS n                     | CONTRACT",
                "UPDATE unseen SET a = 1       | DROP TABLE IF EXISTS n                     | CONTRACT",
                "CALL make('n')                | DROP TABLE IF EXISTS n                     | CONTRACT",
                "CALL make('m')                | DROP TABLE IF EXISTS n                     | EXPAND",
                "CREATE TABLE n (a INT)        | DROP TABLE IF EXISTS n                     | CONTRACT",
                "CREATE VIEW w AS SELECT 1     | DROP TABLE IF EXISTS n                     | EXPAND"
            })
    void whatNoEarlierStateHasCannotBeTakenAway(String before, String drop, Phase expected) {
        PhaseAnalyzer reading = before == null ? after(HOST) : after(HOST, before);
        String create = drop.replaceFirst("DROP TABLE (IF EXISTS )?", "CREATE TABLE ") + " (id INT PRIMARY KEY)";

        assertThat(reading.read(Statements.analyze(drop, create)).phase()).isEqualTo(expected);
    }

    @Test
    void aTableThatIsDroppedAndNotCreatedAgainMayBeAnOldOne() {
        assertThat(read(after(HOST), "DROP TABLE IF EXISTS n").phase()).contains(Phase.CONTRACT);
    }

    @Test
    void aViewThatNobodyMadeBeforeIsReplacedAsByCreateOrReplace() {
        ScriptPhase script =
                after(HOST).read(Statements.analyze("DROP VIEW IF EXISTS v", "CREATE VIEW v AS SELECT id FROM host"));

        assertThat(script.phase()).isEqualTo(Phase.EXPAND);
        assertThat(script.split()).isEmpty();
    }

    @Test
    void aForeignKeyIsCheckedAsTheSessionSays() {
        PhaseAnalyzer reading = after(HOST);
        String key = "ALTER TABLE host ADD CONSTRAINT %s FOREIGN KEY (big) REFERENCES t (id)";

        ScriptPhase script = reading.read(Statements.analyze(
                key.formatted("a"),
                "SET @@foreign_key_checks = 0",
                key.formatted("b"),
                "SET foreign_key_checks := ON",
                key.formatted("c")));

        assertThat(script.statements().stream().flatMap(each -> changes(each).stream()))
                .containsExactly("ADD_FOREIGN_KEY", "ADD_FOREIGN_KEY_UNCHECKED", "ADD_FOREIGN_KEY");
    }

    @Test
    void onlyRowsAreMigratedAndADefinitionBesideThemExpands() {
        assertThat(Phases.of(Statements.analyze("UPDATE t SET a = 1", "SELECT 1", "SET @a = 1")))
                .isEqualTo(Phase.MIGRATE);
        assertThat(Phases.of(Statements.analyze("UPDATE t SET a = 1", "CREATE TABLE u (a INT)")))
                .isEqualTo(Phase.EXPAND);
        assertThat(Phases.of(Statements.analyze("CREATE TABLE u (a INT)", "DROP TABLE t")))
                .isEqualTo(Phase.CONTRACT);
        assertThat(Phases.of(List.of())).isEqualTo(Phase.MIGRATE);
    }

    @Test
    void temporaryTablesAreNobodyElses() {
        assertThat(read(after(), "CREATE TEMPORARY TABLE t (a INT)").phase()).isEmpty();
        assertThat(read(after(), "DROP TEMPORARY TABLE t").phase()).isEmpty();
    }

    private static List<String> changes(StatementPhase statement) {
        return statement.changes().stream()
                .map(FoundChange::change)
                .map(change -> change.name())
                .toList();
    }

    /** The names of the changes, in the order in which another text names them. */
    private static String names(StatementPhase statement, String order) {
        return changes(statement).stream()
                .sorted(Comparator.comparing(order::indexOf))
                .collect(Collectors.joining(" "));
    }

    private static PhaseAnalyzer after(String... statements) {
        PhaseAnalyzer reading = new PhaseAnalyzer();
        reading.read(Statements.analyze(statements));
        reading.beginRelease();
        return reading;
    }

    private static StatementPhase read(PhaseAnalyzer reading, String statement) {
        return reading.read(Statements.analyze(statement)).statements().get(0);
    }
}
