package org.apache.cloudstack.framework.dbupgrade.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseCutTest {

    private static final ReleaseVersion RELEASE = ReleaseVersion.of("4.8.0");
    private static final String CLASS = """
            /** V_next_C__fill fills; V_next_C__filler does not. */
            @MigrationOptions(revision = "1")
            public class V_next_C__fill implements JavaMigration {
                V_next_C__fill() {}
            }
            """;

    @TempDir
    Path root;

    private Path scripts;
    private Path sources;

    @BeforeEach
    void makeFolders() throws IOException {
        scripts = Files.createDirectory(root.resolve("resources"));
        sources = Files.createDirectory(root.resolve("java"));
    }

    @Test
    void theVerificationQueriesGoWithThem() throws IOException {
        write("V_next_A.sql", "SELECT 1;");
        write("T_next_A__hosts.sql", "SELECT 1;");
        write("T_4.8.0_A.sql", "SELECT 1;");

        assertThat(cut().perform())
                .map(Rename::toString)
                .containsExactly("V_next_A.sql -> V_4.8.0_A.sql", "T_next_A__hosts.sql -> T_4.8.0_B__hosts.sql");
    }

    @Test
    void theMigrationsGetTheReleaseInTheirOrder() throws IOException {
        write("V_next_A__hosts.sql", "SELECT 1;");
        write("V_next_b.sql", "SELECT 2;");
        writeClass("V_next_C__fill.java", CLASS);

        assertThat(cut().perform())
                .map(Rename::toString)
                .containsExactly(
                        "V_next_A__hosts.sql -> V_4.8.0_A__hosts.sql",
                        "V_next_b.sql -> V_4.8.0_b.sql",
                        "V_next_C__fill.java -> V_4_8_0_C__fill.java");

        assertThat(files()).containsExactly("V_4_8_0_C__fill.java", "V_4.8.0_A__hosts.sql", "V_4.8.0_b.sql");
        assertThat(sources.resolve("V_4_8_0_C__fill.java"))
                .hasContent(CLASS.replace("V_next_C__fill ", "V_4_8_0_C__fill ")
                        .replace("V_next_C__fill(", "V_4_8_0_C__fill(")
                        .replace("revision = \"1\"", "revision = \"1\", cutFrom = \"next_C__fill\""));
    }

    @Test
    void theChangeIdsStay() throws IOException {
        write("V_next_A.sql", "-- dbupgrade: phase=expand\r\nSELECT 1;\r\n");
        ChangeId before = scan().get(0).changeId();

        cut().perform();

        assertThat(scan()).extracting(VersionedMigration::changeId).containsExactly(before);
        assertThat(scan()).extracting(each -> each.name().place()).containsExactly("4.8.0_A");
    }

    @ParameterizedTest
    @CsvSource({
        "V_4.8.0_B.sql, 'V_4.8.0_B.sql, V_4.8.0_C.sql, V_4.8.0_D__x.sql'",
        "V_4_8_0_7.sql, 'V_4.8.0_8.sql, V_4.8.0_9__x.sql, V_4_8_0_7.sql'",
        "V_480_Z.sql,   'V_4.8.0_AA.sql, V_4.8.0_AB__x.sql, V_480_Z.sql'"
    })
    void theSequencesContinueBehindThoseThatAreThere(String present, String expected) throws IOException {
        write(present, "SELECT 0;");
        write("V_next_A.sql", "SELECT 1;");
        write("V_next_10__x.sql", "SELECT 2;");

        cut().perform();

        assertThat(files()).containsExactly(expected.split(", "));
    }

    @Test
    void theReleaseGetsItsLineAndAllOthersStay() throws IOException {
        String releases =
                "# ours\n4.5.3: {}\n4.6.0: {follows: 4.5.3} # here\n4.5.4: {follows: 4.5.3}\n5.0.0: {follows: 4.6.0}\n";
        write("releases.yaml", releases);
        write("V_next_A.sql", "SELECT 1;");

        ReleaseCut cut = cut();
        cut.perform();

        assertThat(cut.leftOut()).containsExactly(ReleaseVersion.of("4.5.4"));
        assertThat(scripts.resolve("releases.yaml"))
                .hasContent(releases.replace("# here\n", "# here\n4.8.0: {follows: [4.6.0]}\n"));
    }

    @Test
    void whatItFollowsMayBeSaid() throws IOException {
        write("releases.yaml", "4.5.3: {}\n4.5.4: {follows: 4.5.3}\n4.6.0: {follows: 4.5.3}");
        write("V_next_A.sql", "SELECT 1;");

        ReleaseCut cut = cut(ReleaseVersion.of("4.5.4"), ReleaseVersion.of("4.6.0"));
        cut.perform();

        assertThat(cut.leftOut()).isEmpty();
        assertThat(scripts.resolve("releases.yaml")).content().endsWith("\n4.8.0: {follows: [4.5.4, 4.6.0]}\n");
    }

    @Test
    void aReleaseThatIsDeclaredKeepsItsLine() throws IOException {
        write("releases.yaml", "4.7.0: {}\n4.8.0: {follows: 4.7.0, note: planned}\n");
        write("V_next_A.sql", "SELECT 1;");

        cut().perform();

        assertThat(scripts.resolve("releases.yaml")).hasContent("4.7.0: {}\n4.8.0: {follows: 4.7.0, note: planned}\n");
        assertThat(files()).contains("V_4.8.0_A.sql");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V_next_A.sql    | SELECT 1;  | V_next_1__same.sql | SELECT 2; | both claim place 1 of release next",
                "V_next_A.sql    | SELECT 1;  | V_nxt_B.sql        | SELECT 2; | its version 'nxt' is not made of numbers",
                "V_480_A.sql     | SELECT 1;  | V_470_A.sql        | SELECT 2; | there is no migration V_next_<sequence> to cut",
                "V_next_A.sql    | SELECT 1;  | V_next_B.java      | class V_next_B {} | V_next_B.java states no revision",
                "V_next_A.sql    | SELECT 1;  | V_next_B.sql | -- dbupgrade: resolves=next_A | V_next_B.sql names a migration of the release next",
                "V_next_A.sql    | SELECT 1;  | releases.yaml | 4.9.0: {} | release 4.9.0 follows none",
                "V_next_A.sql    | SELECT 1;  | releases.yaml | 4.7.0: {follows: 4.6.0} | follows 4.6.0, which is not declared",
                "V_next_A.sql    | SELECT 1;  | releases.yaml | '{4.7.0: {}}' | cannot be edited",
                "V_next_A.sql    | SELECT 1;  | releases.yaml | 4.8.0: {shipped: 2016-01-25} | it was shipped on 2016-01-25"
            })
    void whatStandsAgainstItIsToldAndNothingIsTouched(
            String first, String firstText, String second, String secondText, String problem) throws IOException {
        write(first, firstText);
        write(second, secondText);

        ReleaseCut cut = cut();

        assertThat(cut.findings()).extracting(Finding::problem).anyMatch(each -> each.contains(problem));
        assertThatIllegalStateException().isThrownBy(cut::perform);
        assertThat(files()).containsExactlyInAnyOrder(first, second);
        assertThat(scripts.resolve(second)).hasContent(secondText);
    }

    @Test
    void followsNeedsAFileThatDeclaresIt() throws IOException {
        write("V_next_A.sql", "SELECT 1;");
        assertThat(cut(ReleaseVersion.of("4.7.0")).findings().toString()).contains("there is no releases.yaml");

        write("releases.yaml", "4.7.0: {}");
        assertThat(cut(ReleaseVersion.of("4.6.0")).findings().toString())
                .contains("follows 4.6.0, which is not declared");
        assertThat(cut(ReleaseVersion.of("4.9.0")).findings().toString())
                .contains("follows 4.9.0, which is not declared");

        write("releases.yaml", "4.7.0: {}\n4.8.0: {follows: 4.7.0}");
        assertThat(cut(ReleaseVersion.of("4.6.0")).findings().toString())
                .contains("declares already that it follows [4.7.0], not [4.6.0]");
    }

    @Test
    void aFailureInTheMiddleTakesEverythingBack() throws IOException {
        writeClass("V_next_A__fill.java", CLASS.replace("_C_", "_A_"));
        write("V_next_B.sql", "SELECT 1;");
        write("V_next_C.sql", "SELECT 2;");
        write("releases.yaml", "4.7.0: {}\n");
        ReleaseCut cut = cut();
        Files.createDirectory(scripts.resolve("V_4.8.0_C.sql"));

        assertThatThrownBy(cut::perform)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("what was renamed is renamed back");

        assertThat(files()).containsExactly("V_next_A__fill.java", "V_next_B.sql", "V_next_C.sql", "releases.yaml");
        assertThat(sources.resolve("V_next_A__fill.java")).hasContent(CLASS.replace("_C_", "_A_"));
        assertThat(scripts.resolve("releases.yaml")).hasContent("4.7.0: {}\n");
    }

    @Test
    void aFailureOfTheLastFileTakesTheRenamesBackToo() throws IOException {
        write("V_next_B.sql", "SELECT 1;");
        write("releases.yaml", "4.7.0: {}\n");
        ReleaseCut cut = cut();
        Path inTheWay = Files.createDirectory(scripts.resolve(".releases.yaml.draft"));
        Files.writeString(inTheWay.resolve("file"), "");

        assertThatThrownBy(cut::perform).isInstanceOf(UncheckedIOException.class);

        assertThat(files()).contains("V_next_B.sql", "releases.yaml").doesNotContain("V_4.8.0_B.sql");
    }

    @Test
    void aFolderThatIsNotThereAndAReleaseWithoutNumberAreRefused() {
        assertThat(ReleaseCut.prepare(List.of(root.resolve("none")), RELEASE, Set.of())
                        .findings()
                        .toString())
                .contains("There is no migration location");
        assertThat(ReleaseCut.prepare(List.of(scripts), ReleaseVersion.NEXT, Set.of())
                        .findings()
                        .toString())
                .contains("it has no number");
    }

    private ReleaseCut cut(ReleaseVersion... follows) {
        return ReleaseCut.prepare(List.of(scripts, sources), RELEASE, Set.of(follows));
    }

    private List<VersionedMigration> scan() {
        return MigrationScanner.scan(
                        List.of("filesystem:" + scripts),
                        getClass().getClassLoader(),
                        MigrationInstances.byDefaultConstructor(),
                        Map.of())
                .migrations()
                .versioned();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(scripts.resolve(file), text);
    }

    private void writeClass(String file, String text) throws IOException {
        Files.writeString(sources.resolve(file), text);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
