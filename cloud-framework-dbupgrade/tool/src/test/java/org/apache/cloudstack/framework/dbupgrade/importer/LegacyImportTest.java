package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree of scripts as older software had them becomes migrations and releases. */
class LegacyImportTest {

    @TempDir
    Path folder;

    private ImportBench legacy;

    @BeforeEach
    void makeTree() throws IOException {
        legacy = ImportBench.in(folder);
    }

    @Test
    void aTreeWithParallelLinesBecomesMigrationsAndReleases() throws IOException {
        legacy.withParallelLines();

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.doubts()).isEmpty();
        assertThat(plan.unplaced()).isEmpty();
        assertThat(plan.files())
                .extracting(ImportedFile::toString)
                .containsExactly(
                        "create-schema.sql -> V_4.0.0_A__create-schema.sql",
                        "create-schema-premium.sql -> V_4.0.0_B__create-schema-premium.sql",
                        "schema-40to452.sql -> V_4.5.2_A__from_40.sql",
                        "schema-40to452-cleanup.sql -> V_4.5.2_C__from_40_cleanup.sql",
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
        plan.write(legacy.target());
        assertThat(legacy.written()).hasSize(9);
        assertThat(legacy.target().resolve("V_4.5.3_A__from_452.sql")).hasContent("SELECT 453;");
        assertThat(legacy.target().resolve("R_cloud.add_column.sql"))
                .content()
                .startsWith("-- dbupgrade: when=before\n");
        assertThat(legacy.target().resolve("releases.yaml")).hasContent(plan.releasesFile());
        assertThat(folder)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }

    @Test
    void theCallerSaysWhereLinesMeet() {
        legacy.withParallelLines();
        legacy.with("schema-460to461.sql", "SELECT 461;\n");

        ImportPlan plan = legacy.read(
                ImportBench.BASE.withFollows(ReleaseVersion.of("4.6.1"), List.of(ReleaseVersion.of("4.5.3"))));

        assertThat(plan.releasesFile()).endsWith("4.6.1: {follows: [4.5.3, 4.6.0]}\n");
        plan.write(legacy.target());
    }

    @Test
    void theCallerNamesTheScriptsOfARelease() {
        legacy.withParallelLines();
        legacy.with("schema-453to461.sql", "SELECT 1;\n");
        legacy.with("schema-460to461.sql", "SELECT 2;\n");

        ImportPlan both = legacy.read(ImportBench.BASE.withScripts(
                ReleaseVersion.of("4.6.1"), List.of("schema-460to461.sql", "schema-453to461.sql")));
        ImportPlan one =
                legacy.read(ImportBench.BASE.withScripts(ReleaseVersion.of("4.6.1"), List.of("schema-460to461.sql")));

        assertThat(both.files())
                .extracting(ImportedFile::newFile)
                .contains("V_4.6.1_A__from_460.sql", "V_4.6.1_B__from_453.sql");
        assertThat(both.releasesFile()).endsWith("4.6.1: {follows: [4.5.3, 4.6.0]}\n");
        assertThat(one.releasesFile()).endsWith("4.6.1: {follows: [4.6.0]}\n");
        assertThat(one.unplaced()).extracting(SkippedFile::file).containsExactly("schema-453to461.sql");
        assertThat(one.isComplete()).isTrue();
    }

    @Test
    void equalScriptsStayEqualSinceWhereTheyAreSaysHowOftenTheyRun() {
        legacy.withParallelLines();
        legacy.with("schema-452to453.sql", "UPDATE cloud.a SET b = b + 1;\n");
        legacy.with("schema-452to460.sql", "UPDATE cloud.a SET b = b + 1;\n");
        legacy.with("schema-460to461.sql", "UPDATE cloud.a SET b = b + 1;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.files())
                .filteredOn(file -> file.text().contains("b + 1"))
                .extracting(ImportedFile::text)
                .containsExactly(
                        "UPDATE cloud.a SET b = b + 1;\n",
                        "UPDATE cloud.a SET b = b + 1;\n",
                        "UPDATE cloud.a SET b = b + 1;\n");
        assertThat(plan.rewrites()).extracting(Rewrite::file).doesNotContain("schema-460to461.sql");
    }

    @Test
    void everyFileThatIsNotTakenIsListed() {
        legacy.withParallelLines();
        legacy.with("README", "x");
        legacy.with("data-452to453.sql", "SELECT 1;\n");
        legacy.with("old/schema-452to453.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).unplaced())
                .extracting(SkippedFile::file)
                .containsExactly("README", "data-452to453.sql", "old/schema-452to453.sql");
    }

    @Test
    void thePlanCanBeReadByPeople() {
        legacy.withParallelLines();
        legacy.with("schema-460to461.sql", "//SELECT 1;\nSELECT 2;\nSELECT 3\n");
        legacy.with("notes.txt", "x");
        legacy.with("schema-460to4910.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).lines())
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
}
