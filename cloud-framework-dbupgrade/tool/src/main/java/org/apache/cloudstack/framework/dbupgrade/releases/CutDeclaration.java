package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** What a cut adds to one {@code releases.yaml}: the line of the new release, unless it is declared already. */
final class CutDeclaration {

    private final Path file;
    private final ReleaseVersion release;
    private final NavigableMap<ReleaseVersion, ReleaseDeclaration> declared = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private String text = "";

    private CutDeclaration(Path file, ReleaseVersion release) {
        this.file = file;
        this.release = release;
    }

    /** Checks everything and writes nothing; without given releases the new one follows the highest lower one. */
    static CutDeclaration prepare(Path file, ReleaseVersion release, Set<ReleaseVersion> follows) {
        CutDeclaration cut = new CutDeclaration(file, release);
        try {
            cut.text = Files.readString(file);
            ReleasesFile read = ReleasesFile.read(file.toString(), cut.text);
            cut.findings.addAll(read.findings());
            read.declarations().forEach(each -> cut.declared.put(each.version(), each));
            if (cut.findings.isEmpty()) {
                cut.declare(follows);
            }
        } catch (IOException e) {
            cut.refuse(file + " cannot be read, " + e, "Give it as UTF-8.");
        }
        return cut;
    }

    List<Finding> findings() {
        return findings;
    }

    Optional<ReleaseDeclaration> declaration() {
        return Optional.ofNullable(declared.get(release));
    }

    /** Of the lower releases that the new one will not contain, those that no other of them follows. */
    SortedSet<ReleaseVersion> leftOut() {
        if (!findings.isEmpty()) {
            return Collections.emptySortedSet();
        }
        ReleaseGraph graph = ReleaseGraph.of(declared.values());
        Collection<ReleaseVersion> outside =
                new TreeSet<>(declared.headMap(release).keySet());
        outside.removeAll(graph.containedIn(release));
        SortedSet<ReleaseVersion> heads = new TreeSet<>(outside);
        outside.forEach(each -> graph.follows(each).forEach(heads::remove));
        return heads;
    }

    void write() throws IOException {
        ReleasesFileEditor.write(file, text);
    }

    private void declare(Set<ReleaseVersion> follows) {
        ReleaseDeclaration present = declared.get(release);
        if (present != null) {
            checkPresent(present, follows);
            return;
        }
        SortedSet<ReleaseVersion> chosen = new TreeSet<>(follows);
        if (follows.isEmpty() && declared.lowerKey(release) != null) {
            chosen.add(declared.lowerKey(release));
        }
        try {
            ReleaseDeclaration added = new ReleaseDeclaration(release, chosen, Optional.empty(), "");
            text = ReleasesFileEditor.edit(text, List.of(added));
            findings.addAll(ReleasesFile.read(file.toString(), text).findings());
            declared.put(release, added);
        } catch (IllegalArgumentException e) {
            refuse(file + " cannot take its line, for " + e.getMessage(), "Declare the release there by hand.");
        }
    }

    private void checkPresent(ReleaseDeclaration present, Set<ReleaseVersion> follows) {
        if (present.shipped().isPresent()) {
            refuse(
                    "it was shipped on " + present.shipped().get(),
                    "Give the changes to a later release: databases that are at " + release + " would never run them.");
        }
        if (!follows.isEmpty() && !present.follows().equals(new TreeSet<>(follows))) {
            refuse(
                    file + " declares already that it follows " + present.follows() + ", not " + new TreeSet<>(follows),
                    "Correct one of the two.");
        }
    }

    private void refuse(String problem, String remedy) {
        findings.add(FindingCode.CUT_REFUSED.about(release.toString(), problem, remedy));
    }
}
