package org.apache.cloudstack.framework.dbupgrade.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.springframework.util.FileSystemUtils;

/** Writes a plan into a draft beside the target, looks it over as an upgrade would, and moves it into place at once. */
final class PlanWriter {

    private final ImportPlan plan;

    PlanWriter(ImportPlan plan) {
        this.plan = plan;
    }

    void write(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IllegalStateException(target + " is no directory that can be made. Nothing was written.");
        }
        try {
            checkEmpty(absolute);
            Files.createDirectories(parent);
            Path draft = Files.createTempDirectory(parent, ".import");
            // Ctrl-C leaves no draft either
            Thread atExit = new Thread(() -> FileSystemUtils.deleteRecursively(draft.toFile()), "dbupgrade-draft");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                move(fill(draft), absolute);
            } finally {
                FileSystemUtils.deleteRecursively(draft);
                removeHook(atExit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations could not be written to " + target, e);
        }
    }

    private static void checkEmpty(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        boolean isEmpty = false;
        if (Files.isDirectory(target)) {
            try (Stream<Path> found = Files.list(target)) {
                isEmpty = found.findAny().isEmpty();
            }
        }
        if (!isEmpty) {
            throw new IllegalStateException(target + " is not an empty directory. Nothing was written.");
        }
    }

    /** The directory inside of the draft has the usual permissions, which a temporary one lacks. */
    private Path fill(Path draft) throws IOException {
        Path folder = Files.createDirectory(draft.resolve("migrations"));
        for (ImportedFile file : plan.files()) {
            Files.writeString(folder.resolve(file.newFile()), file.text());
        }
        Files.writeString(folder.resolve(ReleasesFile.NAME), plan.releasesFile());
        List<Finding> findings = MigrationScanner.scan(
                        List.of("filesystem:" + folder),
                        PlanWriter.class.getClassLoader(),
                        MigrationInstances.byDefaultConstructor(),
                        Map.of())
                .findings();
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Nothing was written, for an upgrade would refuse it: " + findings);
        }
        return folder;
    }

    private static void move(Path folder, Path target) throws IOException {
        Files.deleteIfExists(target);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeHook(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it runs
            return;
        }
    }
}
