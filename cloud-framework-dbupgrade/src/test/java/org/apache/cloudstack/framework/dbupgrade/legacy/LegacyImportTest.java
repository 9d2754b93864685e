package org.apache.cloudstack.framework.dbupgrade.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyImportTest {

    private static final LegacySettings BASE =
            LegacySettings.none().withBase(BaseScripts.of("create-schema.sql, create-schema-premium.sql=4.0.0"));

    @TempDir
    Path folder;

    private Path tree;
    private Path target;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(folder.resolve("db"));
        target = folder.resolve("migrations");
    }

    @Test
    void aTreeWithParallelLinesBecomesMigrationsAndReleases() throws IOException {
        parallelLines();

        ImportPlan plan = read(BASE);

        assertThat(plan.doubts()).isEmpty();
        assertThat(plan.unplaced()).isEmpty();
        assertThat(plan.files())
                .extracting(ImportedFile::toString)
                .containsExactly(
                        "create-schema.sql -> V_4.0.0_A__create-schema.sql",
                        "create-schema-premium.sql -> V_4.0.0_B__create-schema-premium.sql",
                        "schema-40to452.sql -> V_4.5.2_A__from_40.sql",
                        "schema-40to452-cleanup.sql -> V_4.5.2_B__from_40_cleanup.sql",
                        "schema-452to453.sql -> V_4.5.3_A__from_452.sql",
                        "schema-452to460.sql -> V_4.6.0_A__from_452.sql",
                        "procedures/cloud.add_column.sql -> R_cloud.add_column.sql",
                        "views/cloud.user_view.sql -> R_cloud.user_view.sql");
        assertThat(plan.releasesFile().lines())
                .containsExactly(
                        "4.0.0: {}",
                        "4.5.2: {follows: [4.0.0]}",
                        "4.5.3: {follows: [4.5.2]}",
                        "4.6.0: {follows: [4.5.2]}");
        plan.write(target);
        assertThat(written()).hasSize(9);
        assertThat(target.resolve("V_4.5.3_A__from_452.sql")).hasContent("SELECT 453;");
        assertThat(target.resolve("R_cloud.add_column.sql")).content().startsWith("-- dbupgrade: when=before\n");
        assertThat(target.resolve("releases.yaml")).hasContent(plan.releasesFile());
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }

    @Test
    void theCallerSaysWhereLinesMeet() {
        parallelLines();
        with("schema-460to461.sql", "SELECT 461;\n");

        ImportPlan plan = read(BASE.withFollows(version("4.6.1"), List.of(version("4.5.3"))));

        assertThat(plan.releasesFile()).endsWith("4.6.1: {follows: [4.5.3, 4.6.0]}\n");
        plan.write(target);
    }

    @Test
    void twoScriptsThatLeadToOneReleaseAreAskedFor() {
        parallelLines();
        with("schema-453to461.sql", "SELECT 1;\n");
        with("schema-460to461.sql", "SELECT 2;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(Doubt.Kind.SCRIPTS);
            assertThat(doubt.subject()).isEqualTo("4.6.1");
            assertThat(doubt.candidates()).containsExactly("schema-453to461.sql", "schema-460to461.sql");
        });
        assertThat(plan.unplaced())
                .extracting(Unplaced::file)
                .containsAll(plan.doubts().get(0).candidates());
        assertRefused(plan, "doubtful");
    }

    @Test
    void theCallerNamesTheScriptsOfARelease() {
        parallelLines();
        with("schema-453to461.sql", "SELECT 1;\n");
        with("schema-460to461.sql", "SELECT 2;\n");

        ImportPlan both =
                read(BASE.withScripts(version("4.6.1"), List.of("schema-460to461.sql", "schema-453to461.sql")));
        ImportPlan one = read(BASE.withScripts(version("4.6.1"), List.of("schema-460to461.sql")));

        assertThat(both.files())
                .extracting(ImportedFile::newFile)
                .contains("V_4.6.1_A__from_460.sql", "V_4.6.1_B__from_453.sql");
        assertThat(both.releasesFile()).endsWith("4.6.1: {follows: [4.5.3, 4.6.0]}\n");
        assertThat(one.releasesFile()).endsWith("4.6.1: {follows: [4.6.0]}\n");
        assertThat(one.unplaced()).extracting(Unplaced::file).containsExactly("schema-453to461.sql");
        assertThat(one.isComplete()).isTrue();
    }

    @Test
    void aFurtherPartOfAReleaseIsAskedFor() {
        parallelLines();
        with("schema-452to453-premium.sql", "SELECT 1;\n");

        assertThat(read(BASE).doubts())
                .extracting(Doubt::kind, Doubt::subject)
                .containsExactly(tuple(Doubt.Kind.SCRIPTS, "4.5.3"));
    }

    @Test
    void twoFilesWhoseDigitsAreTheSameReleasesAreAskedFor() {
        with("schema-40to41.sql", "SELECT 1;\n");
        with("schema-40to410.sql", "SELECT 2;\n");

        assertThat(read(LegacySettings.none()).doubts())
                .extracting(Doubt::candidates)
                .containsExactly(List.of("schema-40to41.sql", "schema-40to410.sql"));
    }

    @Test
    void aScriptThatLeadsDownIsAskedFor() {
        parallelLines();
        with("schema-460to453.sql", "SELECT 1;\n");

        assertThat(read(BASE).doubts()).extracting(Doubt::subject).containsExactly("4.5.3");
    }

    @Test
    void aGapIsToldWithWhatLiesBehindAndNotClosed() {
        parallelLines();
        with("schema-470to471.sql", "SELECT 1;\n");
        with("schema-471to480.sql", "SELECT 1;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(Doubt.Kind.GAP);
            assertThat(doubt.subject()).isEqualTo("4.7.0");
            assertThat(doubt.problem()).contains("4.7.1, 4.8.0");
        });
        assertThat(plan.releases())
                .extracting(each -> each.version().toString())
                .doesNotContain("4.7.0", "4.7.1");
        assertRefused(plan, "4.7.0");
        read(BASE.withFollows(version("4.7.0"), List.of(version("4.6.0")))).write(target);
    }

    @Test
    void whatLeadsToTheBaseOrBeforeItIsLeftOut() {
        parallelLines();
        with("schema-302to40.sql", "SELECT 1;\n");
        with("schema-30to302.sql", "SELECT 1;\n");
        with("schema-302to452.sql", "SELECT 1;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.unplaced())
                .extracting(Unplaced::toString)
                .containsExactly(
                        "schema-302to40.sql: the base scripts install release 4.0.0",
                        "schema-302to452.sql: it leads from release 3.0.2, which is before the base",
                        "schema-30to302.sql: release 3.0.2 is before the base");
    }

    @Test
    void aReleaseThatOnlyOlderOnesLeadToIsAGap() {
        parallelLines();
        with("schema-302to410.sql", "SELECT 1;\n");

        assertThat(read(BASE).doubts()).extracting(Doubt::subject).containsExactly("4.1.0");
    }

    @Test
    void withoutABaseTheLowestReleaseIsTheFirst() {
        with("schema-40to410.sql", "SELECT 1;\n");
        with("schema-410to420.sql", "SELECT 2;\n");

        assertThat(read(LegacySettings.none()).releasesFile().lines())
                .containsExactly("4.0.0: {}", "4.1.0: {follows: [4.0.0]}", "4.2.0: {follows: [4.1.0]}");
    }

    @Test
    void aDoubtfulVersionIsAskedForWithItsCandidates() {
        parallelLines();
        with("schema-460to4910.sql", "SELECT 1;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(Doubt.Kind.VERSION);
            assertThat(doubt.subject()).isEqualTo("4910");
            assertThat(doubt.candidates()).contains("4.9.1", "4.9.10", "4.91.0");
        });
        assertThat(plan.unplaced()).extracting(Unplaced::file).containsExactly("schema-460to4910.sql");
        assertThat(read(BASE.withAnswer("4910", version("4.9.1.0"))).files())
                .extracting(ImportedFile::newFile)
                .contains("V_4.9.1_A__from_460.sql");
    }

    @Test
    void aScriptThatWasRunTwiceOnOneLineIsTwoChangesAndOneOnTwoLinesIsOne() {
        parallelLines();
        with("schema-452to453.sql", "UPDATE cloud.a SET b = b + 1;\n");
        with("schema-452to460.sql", "UPDATE cloud.a SET b = b + 1;\n");
        with("schema-460to461.sql", "UPDATE cloud.a SET b = b + 1;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.files())
                .filteredOn(file -> file.text().contains("b + 1"))
                .extracting(ImportedFile::text)
                .containsExactly(
                        "UPDATE cloud.a SET b = b + 1;\n",
                        "UPDATE cloud.a SET b = b + 1;\n",
                        "-- from schema-460to461.sql\nUPDATE cloud.a SET b = b + 1;\n");
        assertThat(plan.rewrites()).extracting(Rewrite::file).contains("schema-460to461.sql");
    }

    @Test
    void everyFileThatIsNotTakenIsListed() {
        parallelLines();
        with("README", "x");
        with("data-452to453.sql", "SELECT 1;\n");
        with("old/schema-452to453.sql", "SELECT 1;\n");

        assertThat(read(BASE).unplaced())
                .extracting(Unplaced::file)
                .containsExactly("README", "data-452to453.sql", "old/schema-452to453.sql");
    }

    @Test
    void aFileThatIsNoUtf8OrCannotBeSentIsAskedFor() {
        parallelLines();
        with("schema-460to470.sql", "SELECT 'é';\n".getBytes(StandardCharsets.ISO_8859_1));
        with("schema-470to471.sql", "SELECT 'a;\nb';\n");
        with("schema-471to480.sql", "DELIMITER //\nSELECT 1;\n");

        ImportPlan plan = read(BASE);

        assertThat(plan.doubts()).extracting(Doubt::kind).containsOnly(Doubt.Kind.FILE);
        assertThat(plan.unplaced())
                .extracting(Unplaced::file)
                .contains("schema-460to470.sql", "schema-470to471.sql", "schema-471to480.sql");
        assertThat(plan.doubts().get(0).problem()).contains("UTF-8");
        assertRefused(plan, "schema-460to470.sql");
    }

    @Test
    void aRepeatableThatIsThereTwiceIsAskedFor() {
        parallelLines();
        with("procedures/cloud.USER_view.sql", "SELECT 1;\n");
        with("views/cloud view.sql", "SELECT 1;\n");

        assertThat(read(BASE).doubts())
                .extracting(Doubt::subject)
                .containsExactly("views/cloud view.sql", "views/cloud.user_view.sql");
    }

    @Test
    void aBaseScriptThatIsMissingIsAskedFor() {
        with("schema-40to410.sql", "SELECT 1;\n");

        assertThat(read(BASE).doubts())
                .extracting(Doubt::subject)
                .containsExactly("create-schema.sql", "create-schema-premium.sql");
    }

    @Test
    void nothingIsWrittenIntoAFolderThatHoldsSomething() throws IOException {
        parallelLines();
        Files.createDirectory(target);
        read(BASE).write(target);

        assertRefused(read(BASE), "not an empty folder");
        assertThat(written()).hasSize(9);
    }

    @Test
    void aWriteThatFailsLeavesNothing() throws IOException {
        parallelLines();
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> read(BASE).write(file.resolve("migrations"))).isInstanceOf(UncheckedIOException.class);

        ImportPlan plan = read(BASE);
        ImportPlan broken =
                new ImportPlan(plan.files(), plan.releases().subList(0, 2), List.of(), List.of(), List.of(), List.of());
        assertRefused(broken, "4.5.3");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("import"));
        assertThat(target).doesNotExist();
    }

    @Test
    void thePlanCanBeReadByPeople() {
        parallelLines();
        with("schema-460to461.sql", "//SELECT 1;\nSELECT 2;\nSELECT 3\n");
        with("notes.txt", "x");
        with("schema-460to4910.sql", "SELECT 1;\n");

        assertThat(read(BASE).lines())
                .contains(
                        "To be answered before anything is written (1):",
                        "  schema-452to453.sql -> V_4.5.3_A__from_452.sql",
                        "  4.6.0: {follows: [4.5.2]}",
                        "  schema-460to461.sql, line 3: it has no semicolon at its end, and was never run",
                        "  notes.txt: it is no script",
                        "  schema-460to461.sql, line 1: only the old runner takes this for a comment",
                        "  - //SELECT 1;",
                        "  + -- //SELECT 1;")
                .anyMatch(line -> line.contains("'4910'") && line.contains("4.9.1"));
    }

    /** 4.0.0, 4.5.2, and then 4.5.3 beside 4.6.0. */
    private void parallelLines() {
        with("create-schema.sql", "CREATE TABLE cloud.a (b INT);\n");
        with("create-schema-premium.sql", "CREATE TABLE cloud.c (d INT);\n");
        with("schema-40to452.sql", "SELECT 452;\n");
        with("schema-40to452-cleanup.sql", "SELECT 'cleanup';\n");
        with("schema-452to453.sql", "SELECT 453;\n");
        with("schema-452to460.sql", "SELECT 460;\n");
        with("views/cloud.user_view.sql", "CREATE OR REPLACE VIEW cloud.user_view AS SELECT 1;\n");
        with(
                "procedures/cloud.add_column.sql",
                "DROP PROCEDURE IF EXISTS cloud.p;\nCREATE PROCEDURE cloud.p() SELECT 1;\n");
    }

    private void with(String file, String text) {
        with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void with(String file, byte[] content) {
        try {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.write(tree.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportPlan read(LegacySettings settings) {
        return new LegacyImport(settings, new FlywayScriptSplitter()).read(tree);
    }

    private void assertRefused(ImportPlan plan, String reason) {
        assertThatThrownBy(() -> plan.write(target))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.toList();
        }
    }

    private static ReleaseVersion version(String text) {
        return ReleaseVersion.of(text);
    }
}
