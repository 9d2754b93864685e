package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lines of releases start, and where they break off. */
class LegacyGapTest {

    @TempDir
    Path folder;

    private ImportBench legacy;

    @BeforeEach
    void makeTree() throws IOException {
        legacy = ImportBench.in(folder);
    }

    @Test
    void aGapIsToldWithWhatLiesBehindAndNotClosed() {
        legacy.withParallelLines();
        legacy.with("schema-470to471.sql", "SELECT 1;\n");
        legacy.with("schema-471to480.sql", "SELECT 1;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(OpenQuestion.Kind.GAP);
            assertThat(doubt.subject()).isEqualTo("4.7.0");
            assertThat(doubt.problem()).contains("4.7.1, 4.8.0");
        });
        assertThat(plan.releases())
                .extracting(each -> each.version().toString())
                .doesNotContain("4.7.0", "4.7.1");
        legacy.assertRefused(plan, "4.7.0");
        legacy.read(ImportBench.BASE.withFollows(ReleaseVersion.of("4.7.0"), List.of(ReleaseVersion.of("4.6.0"))))
                .write(legacy.target());
    }

    @Test
    void whatLeadsToTheBaseOrBeforeItIsLeftOut() {
        legacy.withParallelLines();
        legacy.with("schema-302to40.sql", "SELECT 1;\n");
        legacy.with("schema-30to302.sql", "SELECT 1;\n");
        legacy.with("schema-302to452.sql", "SELECT 1;\n");

        ImportPlan plan = legacy.read(ImportBench.BASE);

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.unplaced())
                .extracting(SkippedFile::toString)
                .containsExactly(
                        "schema-302to40.sql: the base scripts install release 4.0.0",
                        "schema-302to452.sql: it leads from release 3.0.2, which is before the base",
                        "schema-30to302.sql: release 3.0.2 is before the base");
    }

    @Test
    void aReleaseThatOnlyOlderOnesLeadToIsAGap() {
        legacy.withParallelLines();
        legacy.with("schema-302to410.sql", "SELECT 1;\n");

        assertThat(legacy.read(ImportBench.BASE).doubts())
                .extracting(OpenQuestion::subject)
                .containsExactly("4.1.0");
    }

    @Test
    void withoutABaseTheLowestReleaseIsTheFirst() {
        legacy.with("schema-40to410.sql", "SELECT 1;\n");
        legacy.with("schema-410to420.sql", "SELECT 2;\n");

        assertThat(legacy.read(LegacySettings.none()).releasesFile().lines())
                .containsExactly("4.0.0: {}", "4.1.0: {follows: [4.0.0]}", "4.2.0: {follows: [4.1.0]}");
    }
}
