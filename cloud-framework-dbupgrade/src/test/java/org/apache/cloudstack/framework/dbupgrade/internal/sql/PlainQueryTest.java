package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainQueryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "(select id FROM a) UNION (SELECT id FROM b)",
                "-- why\nWITH x AS (SELECT 1) SELECT * FROM x",
                "SHOW TABLES LIKE 'a'",
                "SELECT `into`, 'FOR UPDATE' FROM a /* INTO */",
                "SELECT REPLACE(name, 'a', 'b') FROM a"
            })
    void whatOnlyReadsIsPlain(String query) {
        assertThat(PlainQuery.objection(new SqlStatement(1, 1, query))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            DELETE FROM a                               | it is no query
            SET @x = 1                                  | it is no query
            /*! DELETE FROM a */                        | it is no query
            CALL p()                                    | it is no query
            -- nothing                                  | it is no query
            SELECT 1 INTO @x                            | INTO
            SELECT 1 /*! INTO OUTFILE 'x' */            | INTO
            SELECT id FROM a FOR UPDATE                 | FOR UPDATE
            SELECT id FROM a LOCK IN SHARE MODE         | LOCK IN SHARE MODE
            WITH x AS (SELECT 1) UPDATE a SET id = 2    | changes rows
            """)
    void whatDoesMoreIsNot(String statement, String why) {
        assertThat(PlainQuery.objection(new SqlStatement(1, 1, statement)))
                .hasValueSatisfying(objection -> assertThat(objection).contains(why));
    }
}
