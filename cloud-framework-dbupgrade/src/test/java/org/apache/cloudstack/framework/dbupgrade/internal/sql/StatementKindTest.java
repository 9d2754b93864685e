package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into a values (1)         | DATA",
                "-- why\\n# and\\n/* so */ UPDATE a SET b = 1 | DATA",
                "/*!40101 SET NAMES utf8 */       | SESSION",
                "/*M!100500 DROP TABLE a */       | OTHER",
                "SET @x = 1                       | SESSION",
                "SET GLOBAL max_connections = 5   | OTHER",
                "START TRANSACTION                | BLOCK_BEGIN",
                "lock tables a write              | BLOCK_BEGIN",
                "UNLOCK TABLES                    | BLOCK_END",
                "COMMIT                           | BLOCK_END",
                "ROLLBACK TO SAVEPOINT a          | OTHER",
                "(SELECT 1)                       | QUERY",
                "ALTER TABLE a ADD b INT          | OTHER",
                "-- nothing                       | OTHER"
            })
    void theFirstWordBehindCommentsTellsTheKind(String statement, StatementKind kind) {
        assertThat(StatementKind.of(statement.replace("\\n", "\n"))).isEqualTo(kind);
    }

    @Test
    void aLongHeadOfCommentsIsNoBurden() {
        assertThat(StatementKind.of("-- line\n".repeat(100_000) + "DELETE FROM a"))
                .isEqualTo(StatementKind.DATA);
    }

    @Test
    void quotingLeavesNoWayOut() {
        assertThat(Identifier.quote("a`; DROP TABLE b; --")).isEqualTo("`a``; DROP TABLE b; --`");
        assertThat(Identifier.quote("cloud", "host")).isEqualTo("`cloud`.`host`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void whatNoQuotingCanExpressIsRefused(String name) {
        assertThatThrownBy(() -> Identifier.quote(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
