package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a complete plan writes, and where. */
class LegacyWriteTest {

    @TempDir
    Path folder;

    private ImportBench legacy;

    @BeforeEach
    void makeTree() throws IOException {
        legacy = ImportBench.in(folder);
    }

    @Test
    void nothingIsWrittenIntoAFolderThatHoldsSomething() throws IOException {
        legacy.withParallelLines();
        Files.createDirectory(legacy.target());
        legacy.read(ImportBench.BASE).write(legacy.target());

        legacy.assertRefused(legacy.read(ImportBench.BASE), "not an empty directory");
        assertThat(legacy.written()).hasSize(9);
    }

    @Test
    void aWriteThatFailsLeavesNothing() throws IOException {
        legacy.withParallelLines();
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> legacy.read(ImportBench.BASE).write(file.resolve("migrations")))
                .isInstanceOf(UncheckedIOException.class);

        ImportPlan plan = legacy.read(ImportBench.BASE);
        ImportPlan broken =
                new ImportPlan(plan.files(), plan.releases().subList(0, 2), List.of(), List.of(), List.of(), List.of());
        legacy.assertRefused(broken, "4.5.3");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("import"));
        assertThat(legacy.target()).doesNotExist();
    }
}
