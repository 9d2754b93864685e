package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableAlterationTest {

    @Test
    void isReadInItsParts() {
        assertThat(TableAlteration.of(
                        "alter table `a``b`.c ALGORITHM=DEFAULT, LOCK DEFAULT, ADD d INT /* e */ NOT NULL"))
                .hasValueSatisfying(alteration -> {
                    assertThat(alteration.schema()).contains("a`b");
                    assertThat(alteration.table()).isEqualTo("c");
                    assertThat(alteration.changes()).isEqualTo("ADD d INT /* e */ NOT NULL");
                    assertThat(alteration.statement()).isEqualTo("ALTER TABLE `a``b`.`c` ADD d INT /* e */ NOT NULL");
                    assertThat(alteration.in("x")).isEqualTo(alteration);
                });
        assertThat(TableAlteration.of("ALTER TABLE c DROP d")
                        .orElseThrow()
                        .in("x")
                        .of("y", "z"))
                .isEqualTo("ALTER TABLE `y`.`z` DROP d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CREATE TABLE a (b INT)",
                "ALTER TABLE",
                "ALTER TABLE a",
                "ALTER IGNORE TABLE a ADD b INT",
                "ALTER TABLE a RENAME TO b",
                "ALTER TABLE a ADD c INT, RENAME COLUMN d TO e",
                "ALTER TABLE a /*!80000 ADD b INT */"
            })
    void whatIsMoreOrLessIsNone(String statement) {
        assertThat(TableAlteration.of(statement)).isEmpty();
    }
}
