package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineEnds;
import org.apache.cloudstack.framework.dbupgrade.migration.CallbackScript;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.springframework.util.ClassUtils;

/**
 * Finds the migrations of all locations. Nothing is skipped in silence: a file that is neither a migration nor one of the
 * few companions named in conventions.md is a finding, and all findings are given in one go.
 */
public final class MigrationScanner {

    private static final Pattern COMPANION = Pattern.compile("\\..*|README(\\.md)?");
    private static final Pattern CLASS_WITHOUT_NAME = Pattern.compile("(package|module)-info\\.class|.*\\$.*\\.class");

    private final ClassLoader loader;
    private final JavaMigrations javaMigrations;

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> knownClasses = new HashSet<>();
    private final Map<String, VersionedMigration> versioned = new HashMap<>();
    private final Map<String, RepeatableMigration> repeatables = new HashMap<>();
    private final Map<String, ReleasesFile> releasesFiles = new TreeMap<>();
    private final Map<String, CallbackScript> callbacks = new TreeMap<>();
    private final ExpectationFiles expectations = new ExpectationFiles();

    private MigrationScanner(ClassLoader loader, MigrationInstances instances) {
        this.loader = loader;
        this.javaMigrations = new JavaMigrations(instances);
    }

    /**
     * Scans the locations.
     *
     * @param locations {@code classpath:<directory>} or {@code filesystem:<directory>}
     * @param loader where the class path is looked up
     * @param instances makes the instances of the classes found
     * @param ready migrations that exist as objects, by their names; they need not be in a location
     */
    public static ScanResult scan(
            List<String> locations,
            ClassLoader loader,
            MigrationInstances instances,
            Map<String, ? extends JavaMigration> ready) {
        MigrationScanner scanner = new MigrationScanner(loader, instances);
        ready.forEach(scanner::addInstance);
        locations.forEach(text -> scanner.addLocation(Location.of(text, loader)));
        if (scanner.versioned.isEmpty() && scanner.findings.isEmpty()) {
            scanner.findings.add(FindingCode.NO_MIGRATIONS.about(String.join(", ", locations)));
        }
        return scanner.result();
    }

    private ScanResult result() {
        List<ReleaseDeclaration> declarations = releasesFiles.values().stream()
                .flatMap(file -> file.declarations().stream())
                .toList();
        releasesFiles.values().forEach(file -> findings.addAll(file.findings()));
        if (releasesFiles.size() > 1) {
            findings.add(FindingCode.RELEASES_FILE_WRONG.about(
                    String.join(" and ", releasesFiles.keySet()), 1, "there may be one such file only"));
        }
        boolean graphIsSound =
                releasesFiles.values().stream().allMatch(file -> file.findings().isEmpty());
        if (!releasesFiles.isEmpty() && graphIsSound) {
            addUndeclared(declarations);
        }
        List<VersionedMigration> all = List.copyOf(versioned.values());
        if (findings.isEmpty()) {
            SameChanges same = SameChanges.of(new Migrations(all, List.of(), declarations));
            findings.addAll(same.findings());
            all = same.migrations();
        }
        return new ScanResult(
                new Migrations(
                        all,
                        List.copyOf(repeatables.values()),
                        findings.isEmpty() ? declarations : List.of(),
                        List.copyOf(callbacks.values())),
                expectations.toExpectations(),
                findings);
    }

    private void addUndeclared(List<ReleaseDeclaration> declarations) {
        Set<ReleaseVersion> declared = new HashSet<>();
        declarations.forEach(each -> declared.add(each.version()));
        versioned.values().stream()
                .filter(migration -> !declared.contains(migration.name().release()))
                .filter(migration -> !migration.name().release().isNext())
                .sorted(Comparator.comparing(VersionedMigration::name))
                .forEach(migration -> findings.add(FindingCode.UNDECLARED_RELEASE.about(
                        migration.script(), migration.name().release(), String.join(", ", releasesFiles.keySet()))));
        expectations.releases().forEach((file, release) -> {
            if (!declared.contains(release) && !release.isNext()) {
                findings.add(
                        FindingCode.UNDECLARED_RELEASE.about(file, release, String.join(", ", releasesFiles.keySet())));
            }
        });
    }

    private void addInstance(String name, JavaMigration instance) {
        try {
            Class<?> type = ClassUtils.getUserClass(instance);
            knownClasses.add(type.getName());
            add(javaMigrations.ofInstance(name, instance, type));
        } catch (RejectedException e) {
            findings.add(e.finding());
        }
    }

    private void addLocation(Location location) {
        try {
            if (!location.exists()) {
                findings.add(FindingCode.LOCATION_MISSING.about(location.toString()));
                return;
            }
            Location.Contents contents = location.contents();
            findings.addAll(contents.findings());
            // most of the time of an upgrade's start is spent here
            contents.entries().parallelStream().map(Found::of).toList().forEach(found -> addFound(location, found));
        } catch (IOException e) {
            findings.add(FindingCode.LOCATION_MISSING.because(e.toString(), location.toString()));
        }
    }

    /** A file of a location, and what was read of it if it is a script. */
    private record Found(Location.Entry entry, Optional<ReadScript> script, Optional<IOException> problem) {

        static Found of(Location.Entry entry) {
            try {
                return new Found(
                        entry,
                        ReadScript.isMeantBy(entry) ? Optional.of(ReadScript.of(entry)) : Optional.empty(),
                        Optional.empty());
            } catch (IOException e) {
                return new Found(entry, Optional.empty(), Optional.of(e));
            }
        }
    }

    private void addFound(Location location, Found found) {
        Location.Entry entry = found.entry();
        String file = entry.fileName();
        try {
            if (found.problem().isPresent()) {
                throw found.problem().get();
            }
            if (expectations.claim(entry)) {
                findings.addAll(expectations.add(entry));
            } else if (found.script().isPresent()) {
                addScript(entry, found.script().get());
            } else if (CallbackFiles.isMeantBy(file)) {
                add(CallbackFiles.read(entry, LineEnds.normalized(entry.text())));
            } else if (file.endsWith(".class") && location instanceof Location.ClassPath classPath) {
                addClass(classPath, entry);
            } else if (file.equals(ReleasesFile.NAME)) {
                releasesFiles.put(
                        entry.origin(), ReleasesFile.read(entry.path(), entry.bytes(ReleasesFile.MOST_BYTES)));
            } else if (!COMPANION.matcher(file).matches()) {
                throw new MalformedNameException(
                        "it ends neither with .sql nor, on the class path, with .class", exampleFor(file));
            }
        } catch (MalformedNameException e) {
            findings.add(FindingCode.MALFORMED_NAME.about(entry.path(), e.problem(), e.example() + ".sql"));
        } catch (RejectedException e) {
            findings.add(e.finding());
        } catch (UnreadableFileException e) {
            findings.add(e.finding(entry.origin()));
        } catch (IOException e) {
            findings.add(FindingCode.UNREADABLE_SCRIPT.about(entry.path(), String.valueOf(e.getMessage())));
        }
    }

    private static String exampleFor(String file) {
        int point = file.indexOf(".sql");
        String stem = point < 0 ? file.replaceFirst("\\.[A-Za-z]+$", "") : file.substring(0, point);
        try {
            NameRules.versioned(stem);
            return stem;
        } catch (MalformedNameException e) {
            return e.example();
        }
    }

    private void addScript(Location.Entry entry, ReadScript script) throws MalformedNameException, RejectedException {
        String name = ReadScript.nameOf(entry);
        DirectiveReader head = script.head();
        Source.Script source = new Source.Script(script.text(), entry.origin());
        if (ReadScript.isRepeatable(entry)) {
            findings.addAll(head.findings());
            add(new RepeatableMigration(NameRules.repeatable(name), source, script.changeId(), head.directives()));
        } else {
            MigrationName parsed = NameRules.versioned(name);
            findings.addAll(head.findings());
            add(new VersionedMigration(parsed, entry.fileName(), source, script.changeId(), head.directives()));
        }
    }

    private void addClass(Location.ClassPath location, Location.Entry entry) throws RejectedException {
        if (CLASS_WITHOUT_NAME.matcher(entry.fileName()).matches()) {
            return;
        }
        String path = location.folder() + "/" + entry.path();
        String className = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        if (knownClasses.add(className)) {
            var migration = javaMigrations.ofClass(className, loader);
            if (migration.isPresent()) {
                add(migration.get());
            }
        }
    }

    private void add(VersionedMigration migration) throws RejectedException {
        VersionedMigration other = versioned.putIfAbsent(migration.key(), migration);
        if (other != null) {
            MigrationName name = migration.name();
            throw new RejectedException(FindingCode.DUPLICATE_SEQUENCE.about(
                    other.script(), migration.script(), name.release(), name.sequence(), nextFree(name)));
        }
    }

    private void add(CallbackScript callback) throws RejectedException {
        CallbackScript other = callbacks.putIfAbsent(callback.fileName(), callback);
        if (other != null) {
            throw new RejectedException(FindingCode.MALFORMED_NAME.about(
                    callback.origin(),
                    "there is another " + other.fileName() + " in " + other.origin(),
                    callback.fileName().replaceFirst("(__.*)?\\.sql$", "__another_description.sql")));
        }
    }

    private Sequence nextFree(MigrationName taken) {
        Sequence free = taken.sequence().next();
        while (versioned.containsKey(new MigrationName(taken.release(), free, "").timelineVersion())) {
            free = free.next();
        }
        return free;
    }

    private void add(RepeatableMigration repeatable) throws RejectedException {
        RepeatableMigration other = repeatables.putIfAbsent(repeatable.name(), repeatable);
        if (other != null) {
            throw new RejectedException(FindingCode.MALFORMED_NAME.about(
                    repeatable.source().origin(),
                    "there is another " + other.script() + " in "
                            + other.source().origin(),
                    "R_" + repeatable.name() + "_2.sql"));
        }
    }
}
