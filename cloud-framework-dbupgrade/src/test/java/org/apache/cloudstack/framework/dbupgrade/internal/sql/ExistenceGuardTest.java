package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExistenceGuardTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    ALTER TABLE vm ADD COLUMN IF NOT EXISTS a INT | ALTER TABLE vm ADD COLUMN a INT
                    alter table `vm` drop if exists `if`          | alter table `vm` drop `if`
                    ALTER TABLE vm ADD IF NOT EXISTS a INT, DROP INDEX IF EXISTS b | ALTER TABLE vm ADD a INT, DROP INDEX b
                    ALTER TABLE vm ADD CONSTRAINT f FOREIGN KEY IF NOT EXISTS (a) REFERENCES b (c) | ALTER TABLE vm ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (c)
                    CREATE UNIQUE INDEX IF NOT EXISTS i ON vm (a) | CREATE UNIQUE INDEX i ON vm (a)
                    DROP INDEX IF EXISTS i ON vm                  | DROP INDEX i ON vm
                    ALTER TABLE IF EXISTS vm DROP COLUMN IF EXISTS a | ALTER TABLE IF EXISTS vm DROP COLUMN a
                    """)
    void isTakenOutBeforePartsOfATable(String statement, String plain) {
        assertThat(ExistenceGuard.takenFrom(statement)).contains(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE vm ADD a VARCHAR(20) DEFAULT 'IF NOT EXISTS'",
                "ALTER TABLE vm ADD a INT /* IF NOT EXISTS */",
                "ALTER TABLE vm ADD a INT DEFAULT (IF(1, 2, 3))",
                "CREATE TABLE IF NOT EXISTS vm (id INT)",
                "DROP TABLE IF EXISTS vm",
                "DROP VIEW IF EXISTS vm",
                "UPDATE vm SET a = 1 WHERE NOT EXISTS (SELECT 1)"
            })
    void isLeftWhereServersKnowItOrThereIsNone(String statement) {
        assertThat(ExistenceGuard.takenFrom(statement)).isEmpty();
    }
}
