package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that stopped half-way goes on from a checkout that has other line ends. */
@UpgradeDatabase
class ResumedLineEndsTest {

    private static final String DONE = """
            -- what follows is about machines
            CREATE TABLE vm (
              id INT PRIMARY KEY, -- its number
              note VARCHAR(40)
            );
            INSERT INTO vm
              VALUES (1, 'one');
            """;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void aScriptThatFailedInItsThirdStatement(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", DONE + "INSERT INTO vmm VALUES (2, 'two');\n");
        bench.failed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "  \n", "\t\r\n"})
    void itGoesOnWithOtherLineEnds(String lineEnd) {
        bench.with("V_400_A.sql", (DONE + "INSERT INTO vm VALUES (2, 'two');\n").replace("\n", lineEnd));

        assertThat(bench.scriptsRun()).containsExactly("V_400_A.sql");
        assertThat(bench.database().count("cloud.vm")).isEqualTo(2);
    }

    @Test
    void itGoesOnWithAByteOrderMark() {
        bench.with("V_400_A.sql", "\uFEFF" + DONE + "INSERT INTO vm VALUES (2, 'two');\n");

        assertThat(bench.scriptsRun()).containsExactly("V_400_A.sql");
    }

    @Test
    void blanksInALiteralAreAnotherStatement() {
        bench.with("V_400_A.sql", DONE.replace("'one'", "'one '") + "INSERT INTO vm VALUES (2, 'two');\n");

        assertThat(bench.failed().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.RESUMED_SCRIPT_CHANGED);
    }
}
