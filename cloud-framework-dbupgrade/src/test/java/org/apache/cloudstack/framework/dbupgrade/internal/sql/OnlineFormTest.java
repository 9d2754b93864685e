package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineFormTest {

    private static final List<AlterClause> BOTH = List.of(AlterClause.INSTANT, AlterClause.IN_PLACE);

    @Test
    void aTableIsAlteredAtOnceOrElseInPlaceWithoutLocks() {
        assertThat(AlterClause.textsToTry("ALTER TABLE vm ADD state INT", BOTH))
                .containsExactly(
                        "ALTER TABLE vm ALGORITHM=INSTANT, ADD state INT",
                        "ALTER TABLE vm ALGORITHM=INPLACE, LOCK=NONE, ADD state INT");
    }

    @Test
    void onlyTheFormsThatAreWantedAreTried() {
        assertThat(AlterClause.textsToTry("ALTER TABLE vm ADD state INT", List.of(AlterClause.IN_PLACE)))
                .containsExactly("ALTER TABLE vm ALGORITHM=INPLACE, LOCK=NONE, ADD state INT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "alter table `my vm` add b int         | alter table `my vm` ALGORITHM=INSTANT, add b int",
                "ALTER TABLE `a``b`ADD b INT           | ALTER TABLE `a``b` ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE cloud.vm ADD b INT        | ALTER TABLE cloud.vm ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE `cloud` . `vm` ADD b INT  | ALTER TABLE `cloud` . `vm` ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE \"vm\" ADD b INT          | ALTER TABLE \"vm\" ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE IF EXISTS vm ADD b INT    | ALTER TABLE IF EXISTS vm ALGORITHM=INSTANT, ADD b INT",
                "ALTER ONLINE IGNORE TABLE vm ADD b INT | ALTER ONLINE IGNORE TABLE vm ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE vm WAIT 3 ADD b INT       | ALTER TABLE vm WAIT 3 ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE vm NOWAIT ADD b INT       | ALTER TABLE vm NOWAIT ALGORITHM=INSTANT, ADD b INT",
                "ALTER TABLE vm -- why\\n ADD b INT     | ALTER TABLE vm ALGORITHM=INSTANT, -- why\\n ADD b INT",
                "-- ALTER TABLE x\\n# y\\n/* z */ ALTER TABLE vm ADD b INT"
                        + " | -- ALTER TABLE x\\n# y\\n/* z */ ALTER TABLE vm ALGORITHM=INSTANT, ADD b INT",
                "/*!80000 ALTER TABLE vm ADD b INT */  | /*!80000 ALTER TABLE vm ALGORITHM=INSTANT, ADD b INT */",
                "/*M! ALTER TABLE vm ADD b INT */      | /*M! ALTER TABLE vm ALGORITHM=INSTANT, ADD b INT */",
                "ALTER TABLE vm                        | ALTER TABLE vm ALGORITHM=INSTANT",
                "ALTER TABLE vm RENAME COLUMN a TO b   | ALTER TABLE vm ALGORITHM=INSTANT, RENAME COLUMN a TO b",
                "ALTER TABLE vm RENAME TO b, ADD c INT | ALTER TABLE vm ALGORITHM=INSTANT, RENAME TO b, ADD c INT",
                "ALTER TABLE vm CONVERT TO CHARSET utf8 | ALTER TABLE vm ALGORITHM=INSTANT, CONVERT TO CHARSET utf8"
            })
    void theWordsStandRightBehindTheTable(String statement, String instant) {
        assertThat(AlterClause.textsToTry(lines(statement), BOTH))
                .startsWith(lines(instant))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE vm PARTITION BY HASH (id)           | ALTER TABLE vm ALGORITHM=INSTANT PARTITION BY HASH (id)",
                "ALTER TABLE vm REMOVE PARTITIONING              | ALTER TABLE vm ALGORITHM=INSTANT REMOVE PARTITIONING",
                "ALTER TABLE vm ADD a INT PARTITION BY HASH (id)"
                        + " | ALTER TABLE vm ALGORITHM=INSTANT, ADD a INT PARTITION BY HASH (id)"
            })
    void noCommaStandsBeforePartitions(String statement, String instant) {
        assertThat(AlterClause.textsToTry(statement, BOTH)).startsWith(instant).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX i ON vm (a)            | CREATE INDEX i ON vm (a) ALGORITHM=INPLACE LOCK=NONE",
                "create unique index i on vm (a)     | create unique index i on vm (a) ALGORITHM=INPLACE LOCK=NONE",
                "CREATE FULLTEXT INDEX i ON vm (a)   | CREATE FULLTEXT INDEX i ON vm (a) ALGORITHM=INPLACE LOCK=NONE",
                "CREATE OR REPLACE INDEX i ON vm (a) | CREATE OR REPLACE INDEX i ON vm (a) ALGORITHM=INPLACE LOCK=NONE",
                "CREATE INDEX i ON vm (a) WAIT 3     | CREATE INDEX i ON vm (a) WAIT 3 ALGORITHM=INPLACE LOCK=NONE",
                "CREATE INDEX i ON vm (a) -- why     | CREATE INDEX i ON vm (a) ALGORITHM=INPLACE LOCK=NONE -- why",
                "/*!50100 CREATE INDEX i ON vm (a)*/ | /*!50100 CREATE INDEX i ON vm (a) ALGORITHM=INPLACE LOCK=NONE */",
                "DROP INDEX i ON vm                  | ALTER TABLE vm ALGORITHM=INPLACE, LOCK=NONE, DROP INDEX i",
                "/* a */ DROP INDEX `i` ON `c`.`vm`#"
                        + " | /* a */ ALTER TABLE `c`.`vm` ALGORITHM=INPLACE, LOCK=NONE, DROP INDEX `i`#",
                "DROP INDEX IF EXISTS i ON vm WAIT 3"
                        + " | ALTER TABLE vm WAIT 3 ALGORITHM=INPLACE, LOCK=NONE, DROP INDEX IF EXISTS i",
                "/*!50100 DROP INDEX i ON vm */      | /*!50100 ALTER TABLE vm ALGORITHM=INPLACE, LOCK=NONE, DROP INDEX i */"
            })
    void anIndexIsMadeAndDroppedInPlaceOnly(String statement, String inPlace) {
        assertThat(AlterClause.textsToTry(statement, BOTH)).containsExactly(inPlace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE vm ADD a INT, ALGORITHM=COPY",
                "ALTER TABLE vm ALGORITHM = inplace, ADD a INT",
                "ALTER TABLE vm LOCK SHARED, ADD FULLTEXT (a)",
                "CREATE INDEX i ON vm (a) algorithm default",
                "DROP INDEX i ON vm LOCK=EXCLUSIVE"
            })
    void aStatementThatSaysHowIsLeftAsItIs(String statement) {
        assertThat(AlterClause.textsToTry(statement, BOTH)).containsExactly(statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE vm ADD algorithm VARCHAR(20)",
                "ALTER TABLE vm DROP algorithm",
                "ALTER TABLE vm ADD a INT COMMENT 'it''s \\' ALGORITHM=COPY'",
                "ALTER TABLE vm ADD a INT COMMENT \"LOCK=SHARED\"",
                "ALTER TABLE vm ADD `LOCK` INT -- ALGORITHM=COPY",
                "ALTER TABLE vm /* LOCK=SHARED */ ADD a INT",
                "ALTER TABLE vm ADD CHECK (algorithm = copy)"
            })
    void suchWordsInNamesAndTextsSayNothing(String statement) {
        assertThat(AlterClause.textsToTry(statement, BOTH)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO vm VALUES ('ALTER TABLE vm ADD a INT')",
                "CREATE TABLE vm (id INT)",
                "RENAME TABLE vm TO vms",
                "ALTER TABLE vm RENAME TO cloud.`vms`",
                "ALTER TABLE vm RENAME vms",
                "ALTER VIEW v AS SELECT 1",
                "ALTER TABLE vm ADD PARTITION PARTITIONS 2",
                "ALTER TABLE vm COALESCE PARTITION 1",
                "ALTER TABLE vm DISCARD TABLESPACE",
                "ALTER TABLE vm CONVERT TABLE a TO PARTITION b VALUES LESS THAN (7)",
                "ALTER TABLE vm /*!80000 ADD a INT */",
                "ALTER TABLE",
                "DROP INDEX",
                "DROP TABLE vm",
                "-- nothing",
                ""
            })
    void anythingElseIsLeftAsItIs(String statement) {
        assertThat(AlterClause.textsToTry(statement, BOTH)).containsExactly(statement);
    }

    @Test
    void aLongTextIsNoBurden() {
        String statement = "ALTER TABLE vm COMMENT '" + "it''s \\' long; ".repeat(100_000) + "'";

        assertThat(AlterClause.textsToTry(statement, BOTH)).hasSize(2);
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
