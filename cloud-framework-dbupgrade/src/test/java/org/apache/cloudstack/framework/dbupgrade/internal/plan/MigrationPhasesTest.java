package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases follow from the migrations alone. */
class MigrationPhasesTest {

    @TempDir
    Path folder;

    @Test
    void aChangeOfAColumnIsReadByWhatEarlierReleasesMadeOfIt() throws IOException {
        script("V_400_A.sql", "CREATE TABLE a (id INT, name VARCHAR(20));");
        script("V_410_A.sql", "ALTER TABLE a MODIFY COLUMN name VARCHAR(30);");
        script("V_420_A.sql", "ALTER TABLE a MODIFY COLUMN name VARCHAR(25);");

        assertThat(phase("V_410_A.sql")).isEqualTo(Phase.EXPAND);
        assertThat(phase("V_420_A.sql")).isEqualTo(Phase.CONTRACT);
    }

    @Test
    void whatOneReleaseBringsTheNextMustNotTakeAtOnce() throws IOException {
        script("V_400_A.sql", "CREATE TABLE a (id INT);");
        script("V_410_A.sql", "ALTER TABLE a ADD COLUMN b INT;");
        script("V_410_B.sql", "ALTER TABLE a DROP COLUMN b;");
        script("V_410_C.sql", "ALTER TABLE a ADD COLUMN c INT;");
        script("V_420_A.sql", "ALTER TABLE a DROP COLUMN c;");

        assertThat(phase("V_410_B.sql")).isEqualTo(Phase.EXPAND);
        assertThat(phase("V_420_A.sql")).isEqualTo(Phase.CONTRACT);
    }

    @Test
    void aDeclaredPhaseIsTheAuthorsWord() throws IOException {
        script("V_400_A.sql", "CREATE TABLE a (id INT);");
        script("V_410_A.sql", "-- dbupgrade: phase=expand\nCALL add_something();");

        assertThat(phase("V_410_A.sql")).isEqualTo(Phase.EXPAND);
    }

    @Test
    void theCopyOfABackportHasThePhaseOfTheChangeThatItIs() throws IOException {
        String backport = "-- dbupgrade: reason=slow query\nDROP INDEX i ON t;\nCREATE INDEX j ON t (a, b);";
        script("V_100_A.sql", "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, KEY i (a));");
        script("V_101_A.sql", backport);
        script("V_110_A.sql", "CREATE TABLE u (id INT PRIMARY KEY);");
        script("V_111_A.sql", backport);
        script("releases.yaml", """
                1.0.0: {}
                1.0.1: {follows: 1.0.0}
                1.1.0: {follows: 1.0.0}
                1.1.1: {follows: [1.0.1, 1.1.0]}
                """);

        assertThat(phase("V_101_A.sql")).isEqualTo(Phase.EXPAND);
        assertThat(phase("V_111_A.sql")).isEqualTo(Phase.EXPAND);
    }

    @Test
    void aScriptThatCannotBeReadWaits() throws IOException {
        script("V_400_A.sql", "CREATE TABLE a (id INT);");
        script("V_410_A.sql", "CREATE PROCEDURE p() BEGIN SELECT 1;");
        script("V_410_B.sql", "SELECT 'open");

        assertThat(phase("V_410_A.sql")).isEqualTo(Phase.CONTRACT);
        assertThat(phase("V_410_B.sql")).isEqualTo(Phase.CONTRACT);
    }

    private Phase phase(String script) {
        Migrations migrations = MigrationScanner.scan(
                        List.of("filesystem:" + folder),
                        getClass().getClassLoader(),
                        MigrationInstances.byDefaultConstructor(),
                        Map.of())
                .migrations();
        Migration migration = migrations.versioned().stream()
                .filter(each -> each.script().equals(script))
                .findFirst()
                .orElseThrow();
        return MigrationPhases.of(migrations, "cloud").phase(migration);
    }

    private void script(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
