package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLineTest {

    @ParameterizedTest
    @CsvSource({"8, 0, 28, MYSQL_8_0", "8, 0, 29, MYSQL", "8, 4, 0, MYSQL", "9, 7, 4, MYSQL", "10, 0, 0, MYSQL"})
    void aVersionOfMySqlBelongsToALine(int major, int minor, int patch, ServerVersionRange line) {
        assertThat(ServerVersionRange.ofMySql(major, minor, patch)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 6, MARIADB_10_6",
        "10, 11, MARIADB_10_6",
        "11, 1, MARIADB_10_6",
        "11, 2, MARIADB",
        "11, 8, MARIADB",
        "12, 0, MARIADB"
    })
    void aVersionOfMariaDbBelongsToALine(int major, int minor, ServerVersionRange line) {
        assertThat(ServerVersionRange.ofMariaDb(major, minor)).isEqualTo(line);
    }
}
