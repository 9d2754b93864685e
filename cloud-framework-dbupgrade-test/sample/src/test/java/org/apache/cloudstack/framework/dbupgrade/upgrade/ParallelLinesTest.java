package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A patch release of an old line, shipped after a newer minor release, on a real database. */
@UpgradeDatabase
class ParallelLinesTest {

    private static final String RELEASES = """
            4.5.2: {}
            4.5.3: {follows: 4.5.2}
            4.6.0: {follows: 4.5.2}
            4.6.1: {follows: [4.5.3, 4.6.0]}
            """;

    @TempDir
    Path folder;

    private final MigratedDatabase database;

    ParallelLinesTest(MigratedDatabase database) {
        this.database = database;
    }

    @Test
    void allWaysEndInTheSameDatabase() throws Exception {
        String patch = "ALTER TABLE host ADD COLUMN patch INT; UPDATE host SET name = 'patched' WHERE id = 1;";
        Workbench bench = timeline(patch, "ALTER TABLE host ADD COLUMN minor INT; UPDATE host SET tag = 'six';");
        List<List<String>> ways = List.of(
                List.of("4.6.1"), List.of("4.5.3", "4.6.1"), List.of("4.6.0", "4.6.1"), List.of("4.5.2", "4.6.1"));

        assertThat(ways).extracting(way -> ending(bench, way)).allMatch(ending(bench, List.of("4.6.1"))::equals);
    }

    @Test
    void aChangeThatDoesNotCommuteIsRefusedUntilSomeoneSaysHow() {
        Workbench bench = timeline("UPDATE host SET name = 'patched';", "UPDATE host SET name = 'six';");
        assertThat(bench.refused()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.CONFLICT);
            assertThat(finding.problem()).contains("V_4.5.3_A.sql", "V_4.6.0_A.sql", "cloud.host.name");
        });
        assertThat(bench.databases()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            UPDATE host SET name = 'patched';              | UPDATE host SET name = 'six';
            ALTER TABLE host MODIFY COLUMN tag CHAR(20);   | ALTER TABLE host MODIFY COLUMN tag CHAR(30);
            """)
    void theComparisonOfWaysFindsAChangeThatWasWronglySaidToCommute(String patch, String minor) {
        String lie = "-- dbupgrade: commutes-with=4.6.0_A because nobody looked\n";

        Workbench bench = timeline(lie + patch, minor);

        assertThat(ending(bench, List.of("4.5.3", "4.6.1"))).isNotEqualTo(ending(bench, List.of("4.6.0", "4.6.1")));
    }

    @Test
    void aReleaseThatLacksThePatchIsRefusedWithTheOneThatHasIt() {
        Workbench bench = timeline("ALTER TABLE host ADD COLUMN patch INT;", "ALTER TABLE host ADD COLUMN minor INT;");
        upgradeTo(bench, "4.5.3");
        bench.settings(settings -> settings.withRelease("4.6.0"));

        Finding finding = bench.refusedFor(FindingCode.CHANGE_NOT_IN_TARGET);

        assertThat(finding.remedy()).contains("4.6.1");
    }

    @Test
    void theStateThatWasReachedIsNamedByOneValue() {
        Workbench bench = timeline("SELECT 1;", "SELECT 2;");
        upgradeTo(bench, "4.6.1");

        assertThat(bench.value(
                        Integer.class,
                        "SELECT COUNT(DISTINCT release_id) FROM cloud.dbupgrade_release WHERE release_id <> ''"))
                .isEqualTo(4);
    }

    @Test
    void wrongDeclarationsAreRefusedWithFileAndLine() {
        Workbench bench = timeline("SELECT 1;", "SELECT 2;");
        bench.with("releases.yaml", RELEASES.replace("follows: 4.5.2", "follows: 4.5.1"));

        assertThat(bench.refused())
                .extracting(Finding::problem)
                .anyMatch(problem -> problem.startsWith("releases.yaml, line 2: "));
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void aMigrationOfAnUndeclaredReleaseIsRefused() {
        Workbench bench = timeline("SELECT 1;", "SELECT 2;");
        bench.with("V_4.7.0_A.sql", "SELECT 7;");

        assertThat(bench.refusedFor(FindingCode.UNDECLARED_RELEASE).problem()).contains("V_4.7.0_A.sql", "4.7.0");
    }

    private Workbench timeline(String patch, String minor) {
        return new Workbench(folder, database)
                .with("releases.yaml", RELEASES)
                .with(
                        "V_4.5.2_A.sql",
                        "CREATE TABLE host (id INT PRIMARY KEY, name CHAR(9), tag CHAR(9));"
                                + " INSERT INTO host VALUES (1, 'one', ''), (2, 'two', '');")
                .with("V_4.5.3_A.sql", patch)
                .with("V_4.6.0_A.sql", minor)
                .with("V_4.6.1_A.sql", "SELECT 'joined';");
    }

    private static UpgradeReport upgradeTo(Workbench bench, String release) {
        return bench.settings(settings -> settings.withRelease(release))
                .upgrade()
                .upgrade();
    }

    private static Ending ending(Workbench bench, List<String> way) {
        bench.database().run("DROP DATABASE IF EXISTS cloud; DROP DATABASE IF EXISTS cloud_usage");
        way.forEach(release -> upgradeTo(bench, release));
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return new Ending(
                    SchemaSnapshot.read(connection, List.of("cloud", "cloud_usage")).lines().stream()
                            .filter(line -> !line.contains("order"))
                            .sorted()
                            .toList(),
                    bench.database().rows("SELECT id, name, tag FROM cloud.host ORDER BY id"));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Ending(List<String> schema, List<Map<String, Object>> rows) {}
}
