package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A tree to import.
 *
 * @param tree where its files lie
 * @param target where migrations are written
 */
record ImportBench(Path tree, Path target) {

    static final LegacySettings BASE =
            LegacySettings.none().withBase(BaseScripts.of("create-schema.sql, create-schema-premium.sql=4.0.0"));

    static ImportBench in(Path folder) throws IOException {
        return new ImportBench(Files.createDirectory(folder.resolve("db")), folder.resolve("migrations"));
    }

    /** 4.0.0, 4.5.2, and then 4.5.3 beside 4.6.0. */
    void withParallelLines() {
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

    void with(String file, String text) {
        with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void with(String file, byte[] content) {
        try {
            Files.createDirectories(Objects.requireNonNull(tree.resolve(file).getParent()));
            Files.write(tree.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ImportPlan read(LegacySettings settings) {
        return new LegacyImport(settings).read(tree);
    }

    void assertRefused(ImportPlan plan, String reason) {
        assertThatThrownBy(() -> plan.write(target))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }

    List<Path> written() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.toList();
        }
    }
}
