package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the names and the contents of files do not settle is asked for, and not guessed. */
class LegacyDoubtsTest {

    @TempDir
    Path folder;

    private ImportBench legacy;

    @BeforeEach
    void makeTree() throws IOException {
        legacy = ImportBench.in(folder);
    }

    @Test
    void twoScriptsThatLeadToOneReleaseAreAskedFor() {
        legacy.withParallelLines();
        legacy.with("schema-453to461.sql", "SELECT 1;\n");
        legacy.with("schema-460to461.sql", "SELECT 2;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(OpenQuestion.Kind.SCRIPTS);
            assertThat(doubt.subject()).isEqualTo("4.6.1");
            assertThat(doubt.candidates()).containsExactly("schema-453to461.sql", "schema-460to461.sql");
        });
        assertThat(plan.unplaced())
                .extracting(SkippedFile::file)
                .containsAll(plan.doubts().get(0).candidates());
        legacy.assertRefused(plan, "doubtful");
    }

    @Test
    void aFurtherPartOfAReleaseIsAskedFor() {
        legacy.withParallelLines();
        legacy.with("schema-452to453-premium.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).doubts())
                .extracting(OpenQuestion::kind, OpenQuestion::subject)
                .containsExactly(tuple(OpenQuestion.Kind.SCRIPTS, "4.5.3"));
    }

    @Test
    void twoFilesWhoseDigitsAreTheSameReleasesAreAskedFor() {
        legacy.with("schema-40to41.sql", "SELECT 1;\n");
        legacy.with("schema-40to410.sql", "SELECT 2;\n");

        assertThat(legacy.read(LegacySettings.none()).doubts())
                .extracting(OpenQuestion::candidates)
                .containsExactly(List.of("schema-40to41.sql", "schema-40to410.sql"));
    }

    @Test
    void aScriptThatLeadsDownIsAskedFor() {
        legacy.withParallelLines();
        legacy.with("schema-460to453.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).doubts())
                .extracting(OpenQuestion::subject)
                .containsExactly("4.5.3");
    }

    @Test
    void aDoubtfulVersionIsAskedForWithItsCandidates() {
        legacy.withParallelLines();
        legacy.with("schema-460to4910.sql", "SELECT 1;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(OpenQuestion.Kind.VERSION);
            assertThat(doubt.subject()).isEqualTo("4910");
            assertThat(doubt.candidates()).contains("4.9.1", "4.9.10", "4.91.0");
        });
        assertThat(plan.unplaced()).extracting(SkippedFile::file).containsExactly("schema-460to4910.sql");
        assertThat(legacy.read(ImportBench.BASE.withAnswer("4910", ReleaseVersion.of("4.9.1.0")))
                        .files())
                .extracting(ImportedFile::newFile)
                .contains("V_4.9.1_A__from_460.sql");
    }

    @Test
    void aFileThatIsNoUtf8OrCannotBeSentIsAskedFor() {
        legacy.withParallelLines();
        legacy.with("schema-460to470.sql", "SELECT 'é';\n".getBytes(StandardCharsets.ISO_8859_1));
        legacy.with("schema-470to471.sql", "SELECT 'a;\nb';\n");
        legacy.with("schema-471to480.sql", "DELIMITER //\nSELECT 1;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.doubts()).extracting(OpenQuestion::kind).containsOnly(OpenQuestion.Kind.FILE);
        assertThat(plan.unplaced())
                .extracting(SkippedFile::file)
                .contains("schema-460to470.sql", "schema-470to471.sql", "schema-471to480.sql");
        assertThat(plan.doubts().get(0).problem()).contains("UTF-8");
        legacy.assertRefused(plan, "schema-460to470.sql");
    }

    @Test
    void aRepeatableThatIsThereTwiceIsAskedFor() {
        legacy.withParallelLines();
        legacy.with("procedures/cloud.USER_view.sql", "SELECT 1;\n");
        legacy.with("views/cloud view.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).doubts())
                .extracting(OpenQuestion::subject)
                .containsExactly("views/cloud view.sql", "views/cloud.user_view.sql");
    }

    @Test
    void aBaseScriptThatIsMissingIsAskedFor() {
        legacy.with("schema-40to410.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).doubts())
                .extracting(OpenQuestion::subject)
                .containsExactly("create-schema.sql", "create-schema-premium.sql");
    }
}
