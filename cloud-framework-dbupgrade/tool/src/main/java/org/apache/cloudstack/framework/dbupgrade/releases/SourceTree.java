package org.apache.cloudstack.framework.dbupgrade.releases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ExpectationFiles;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.FileTree;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MalformedNameException;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.NameRules;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** The files of migrations and verification queries in directories of sources, classes not compiled, and the {@code releases.yaml} beside them. */
final class SourceTree {

    private final List<SourceFile> migrations = new ArrayList<>();
    private final List<SourceFile> queries = new ArrayList<>();
    private final List<Path> releasesFiles = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** One file with a migration's name. */
    record SourceFile(Path path, MigrationName name) {

        String fileName() {
            return path.getFileName().toString();
        }

        boolean isClass() {
            return fileName().endsWith(".java");
        }
    }

    private SourceTree() {}

    static SourceTree read(List<Path> folders) {
        SourceTree tree = new SourceTree();
        SortedSet<Path> files = new TreeSet<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                tree.findings.add(FindingCode.LOCATION_MISSING.about(folder.toString()));
                continue;
            }
            FileTree found = FileTree.below(folder);
            tree.findings.addAll(found.findings());
            found.files().forEach(file -> files.add(file.toAbsolutePath().normalize()));
        }
        files.forEach(tree::add);
        tree.migrations.sort(Comparator.comparing(SourceFile::name));
        tree.queries.sort(Comparator.comparing(SourceFile::name));
        tree.checkPlaces(tree.migrations);
        tree.checkPlaces(tree.queries);
        return tree;
    }

    /** The migrations of one release, in their order. */
    List<SourceFile> of(ReleaseVersion release) {
        return of(release, migrations);
    }

    /** The verification queries of one release, in their order. */
    List<SourceFile> queriesOf(ReleaseVersion release) {
        return of(release, queries);
    }

    private static List<SourceFile> of(ReleaseVersion release, List<SourceFile> files) {
        return files.stream()
                .filter(each -> each.name().release().equals(release))
                .toList();
    }

    List<Path> releasesFiles() {
        return releasesFiles;
    }

    List<Finding> findings() {
        return findings;
    }

    private void add(Path path) {
        String file = path.getFileName().toString();
        if (file.equals(ReleasesFile.NAME)) {
            releasesFiles.add(path);
        } else if (SourceMigration.claims(file) || ExpectationFiles.isQuery(file)) {
            try {
                String stem = SourceMigration.stem(file);
                if (ExpectationFiles.isQuery(file)) {
                    queries.add(new SourceFile(path, NameRules.query(stem)));
                } else {
                    migrations.add(new SourceFile(path, NameRules.versioned(stem)));
                }
            } catch (MalformedNameException e) {
                String extension = file.substring(file.lastIndexOf('.'));
                String example =
                        extension.equals(".sql") ? e.example() : e.example().replace('.', '_');
                findings.add(FindingCode.MALFORMED_NAME.about(path.toString(), e.problem(), example + extension));
            }
        }
    }

    private void checkPlaces(List<SourceFile> files) {
        for (int i = 1; i < files.size(); i++) {
            SourceFile first = files.get(i - 1);
            SourceFile second = files.get(i);
            if (first.name().compareTo(second.name()) == 0) {
                Sequence last = of(first.name().release(), files).stream()
                        .map(each -> each.name().sequence())
                        .reduce(first.name().sequence(), (lower, higher) -> higher);
                findings.add(FindingCode.DUPLICATE_SEQUENCE.about(
                        first.fileName(),
                        second.fileName(),
                        first.name().release(),
                        first.name().sequence(),
                        last.next()));
            }
        }
    }
}
