package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.DirectiveReader;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.releases.SourceTree.SourceFile;

/**
 * Turns the migrations whose release was not known, {@code V_next_<sequence>}, into those of a release, in their order and
 * with their change ids; and the verification queries likewise, {@code T_next_<sequence>}. First everything is checked and nothing is touched; then {@link #perform} does all of it, or
 * nothing. The line of the release is added to {@code releases.yaml} where that file exists.
 */
public final class ReleaseCut {

    private static final String UNCUT = "V_" + ReleaseVersion.NEXT + "_";

    private final ReleaseVersion release;
    private final List<Rename> renames = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<CutDeclaration> declaration = Optional.empty();

    private ReleaseCut(ReleaseVersion release) {
        this.release = release;
    }

    /**
     * Checks what a cut would do.
     *
     * @param folders the directories of scripts and of Java sources that hold the migrations, one line of order for all
     * @param release the release that gets the migrations; after those that it has already
     * @param follows what releases.yaml is to say of it; empty for the highest lower release declared there
     */
    public static ReleaseCut prepare(List<Path> folders, ReleaseVersion release, Set<ReleaseVersion> follows) {
        ReleaseCut cut = new ReleaseCut(release);
        SourceTree tree = SourceTree.read(folders);
        cut.findings.addAll(tree.findings());
        if (release.isNext()) {
            cut.refuse("it has no number", "Name the version, such as 4.8.0.");
        } else {
            cut.rename(tree);
            cut.declare(tree.releasesFiles(), follows);
        }
        return cut;
    }

    /** All that stands against it. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What is renamed, in the order of the migrations. */
    public List<Rename> renames() {
        return List.copyOf(renames);
    }

    /** What releases.yaml says of the release afterwards; empty without that file. */
    public Optional<ReleaseDeclaration> declaration() {
        return declaration.flatMap(CutDeclaration::declaration);
    }

    /** Declared lower releases that the release will not contain, such as an old line's last; worth a second look. */
    public SortedSet<ReleaseVersion> leftOut() {
        return declaration.map(CutDeclaration::leftOut).orElseGet(TreeSet::new);
    }

    /**
     * Renames the files and adds the line; when one of it fails, all is taken back.
     *
     * @return what was renamed
     * @throws IllegalStateException when there are findings
     * @throws UncheckedIOException when a file could not be written; nothing is renamed then
     */
    public List<Rename> perform() {
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Release " + release + " cannot be cut: " + findings);
        }
        Deque<Rename.Undo> done = new ArrayDeque<>();
        try {
            for (Rename rename : renames) {
                done.push(rename.perform());
            }
            if (declaration.isPresent()) {
                declaration.get().write();
            }
        } catch (IOException e) {
            takeBack(done, e);
            throw new UncheckedIOException("Release " + release + " was not cut; what was renamed is renamed back", e);
        }
        return renames();
    }

    private static void takeBack(Deque<Rename.Undo> done, IOException cause) {
        for (Rename.Undo undo : done) {
            try {
                undo.run();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void rename(SourceTree tree) {
        List<SourceFile> uncut = tree.of(ReleaseVersion.NEXT);
        if (uncut.isEmpty()) {
            refuse(
                    "there is no migration " + UNCUT + "<sequence> to cut",
                    "Look whether the directories are the right ones.");
        }
        rename(uncut, tree.of(release));
        rename(tree.queriesOf(ReleaseVersion.NEXT), tree.queriesOf(release));
    }

    private void rename(List<SourceFile> uncut, List<SourceFile> present) {
        Optional<Sequence> last =
                present.stream().map(each -> each.name().sequence()).reduce((lower, higher) -> higher);
        for (SourceFile file : uncut) {
            last = last.map(Sequence::next);
            add(file, last.map(Sequence::text));
        }
    }

    private void add(SourceFile file, Optional<String> sequence) {
        check(file);
        String rest = file.fileName().substring(UNCUT.length());
        int sequenceEnd = rest.indexOf("__") < 0 ? rest.lastIndexOf('.') : rest.indexOf("__");
        String version = file.isClass() ? release.toString().replace('.', '_') : release.toString();
        String prefix = file.fileName().substring(0, "V_".length());
        String name =
                prefix + version + "_" + sequence.orElse(rest.substring(0, sequenceEnd)) + rest.substring(sequenceEnd);
        Path target = file.path().resolveSibling(name);
        if (Files.exists(target)) {
            refuse(target + " already exists", "Rename or remove it.");
        }
        renames.add(new Rename(file.path(), target));
    }

    /** A rename must not change what the migration is: its change id, and what it says of itself. */
    private void check(SourceFile file) {
        try {
            String text = Files.readString(file.path());
            if (file.isClass() && new JavaSource(text).revision().isEmpty()) {
                refuse(
                        file.fileName() + " states no revision, so that another name would make it another change",
                        "Put @MigrationOptions(revision = \"…\") on the class, as a literal.");
            }
            if (namesUncut(file, text)) {
                refuse(
                        file.fileName() + " names a migration of the release " + ReleaseVersion.NEXT,
                        "Write " + release
                                + " and its new sequence there; the directives are not part of the change id.");
            }
        } catch (IOException e) {
            refuse(file.fileName() + " cannot be read, " + e, "Give it as UTF-8.");
        }
    }

    private static boolean namesUncut(SourceFile file, String text) {
        String prefix = ReleaseVersion.NEXT + "_";
        if (file.isClass()) {
            return text.contains('"' + prefix);
        }
        Directives head = DirectiveReader.read(file.fileName(), false, text).directives();
        return head.commutesWith().keySet().stream().anyMatch(place -> place.startsWith(prefix))
                || head.resolves().stream().anyMatch(place -> place.startsWith(prefix));
    }

    private void declare(List<Path> files, Set<ReleaseVersion> follows) {
        if (files.size() > 1) {
            refuse("there are several " + ReleasesFile.NAME + ", " + files, "Keep one of them.");
        } else if (files.size() == 1) {
            CutDeclaration cut = CutDeclaration.prepare(files.get(0), release, follows);
            findings.addAll(cut.findings());
            declaration = Optional.of(cut);
        } else if (!follows.isEmpty()) {
            refuse(
                    "there is no " + ReleasesFile.NAME + " to say that it follows " + new TreeSet<>(follows),
                    "Write that file beside the migrations, or leave it to the order of versions.");
        }
    }

    private void refuse(String problem, String remedy) {
        findings.add(FindingCode.CUT_REFUSED.about(release.toString(), problem, remedy));
    }
}
