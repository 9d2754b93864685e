package org.apache.cloudstack.framework.dbupgrade.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.YamlNodes;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts declarations into the text of {@code releases.yaml}. An entry that says the same already keeps its lines, and so do
 * all comments; a new entry is one line after the next lower release.
 */
public final class ReleasesFileEditor {

    private static final String PLAIN_TEXT = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N} .()/_-]*[\\p{L}\\p{N}.()/_-])?";

    private final List<String> lines;
    private final NavigableMap<ReleaseVersion, Place> places = new TreeMap<>();

    /** The lines of one entry, and what follows it in the last of them. */
    private record Place(int first, int last, String tail) {}

    private ReleasesFileEditor(String text) throws YamlNodes.WrongYamlException {
        this.lines = new ArrayList<>(text.lines().toList());
        if (YamlNodes.compose(text) instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::locate);
        }
    }

    /**
     * The text with the declarations.
     *
     * @throws IllegalArgumentException when the text has a form in which they cannot be put line by line
     */
    public static String edit(String text, Collection<ReleaseDeclaration> declarations) {
        NavigableMap<ReleaseVersion, ReleaseDeclaration> expected = declared(text);
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String edited = text;
        for (ReleaseDeclaration each : declarations) {
            if (!each.equals(expected.put(each.version(), each))) {
                edited = put(edited, each, lineEnd);
            }
        }
        if (!declared(edited).equals(expected)) {
            throw new IllegalArgumentException(
                    "it is not written with each release at the start of a line, so it cannot be edited");
        }
        return edited;
    }

    /** Writes the file, so that at no time it is half written; a file with this text already is left alone. */
    public static void write(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && Files.readString(target).equals(text)) {
            return;
        }
        Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
        try {
            Files.writeString(draft, text);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** One entry in one line. */
    static String line(ReleaseDeclaration declaration) {
        List<String> details = new ArrayList<>();
        if (!declaration.follows().isEmpty()) {
            details.add(declaration.follows().stream()
                    .map(ReleaseVersion::toString)
                    .collect(Collectors.joining(", ", "follows: [", "]")));
        }
        declaration.shipped().ifPresent(day -> details.add("shipped: " + day));
        if (!declaration.note().isEmpty()) {
            details.add("note: " + quoted(declaration.note()));
        }
        return declaration.version() + ": {" + String.join(", ", details) + "}";
    }

    private static NavigableMap<ReleaseVersion, ReleaseDeclaration> declared(String text) {
        NavigableMap<ReleaseVersion, ReleaseDeclaration> declared = new TreeMap<>();
        ReleasesFile.read(ReleasesFile.NAME, text).declarations().forEach(each -> declared.put(each.version(), each));
        return declared;
    }

    private static String put(String text, ReleaseDeclaration declaration, String lineEnd) {
        try {
            ReleasesFileEditor editor = new ReleasesFileEditor(text);
            editor.put(declaration);
            return String.join(lineEnd, editor.lines) + lineEnd;
        } catch (YamlNodes.WrongYamlException e) {
            throw new IllegalArgumentException(e.problem(), e);
        }
    }

    private static String quoted(String note) {
        if (note.matches(PLAIN_TEXT)) {
            return note;
        }
        String escaped = note.replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"';
    }

    private void put(ReleaseDeclaration declaration) {
        Place place = places.get(declaration.version());
        if (place == null) {
            lines.add(placeFor(declaration.version()), line(declaration));
        } else {
            lines.subList(place.first(), place.last() + 1).clear();
            lines.add(place.first(), line(declaration) + place.tail());
        }
    }

    private int placeFor(ReleaseVersion version) {
        if (places.isEmpty()) {
            return lines.size();
        }
        var lower = places.lowerEntry(version);
        return lower == null
                ? places.firstEntry().getValue().first()
                : lower.getValue().last() + 1;
    }

    private void locate(NodeTuple entry) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
            int first = key.getStartMark().getLine();
            Mark end = end(entry.getValueNode());
            Place place = end.getColumn() == 0 && end.getLine() > first
                    ? new Place(first, end.getLine() - 1, "")
                    : new Place(first, end.getLine(), behind(end));
            ReleaseVersion.tryParse(key.getValue()).ifPresent(version -> places.put(version, place));
        }
    }

    private String behind(Mark end) {
        String line = lines.get(end.getLine());
        return line.substring(line.offsetByCodePoints(0, end.getColumn()));
    }

    /** Where a value ends; what SnakeYAML calls the end of a block is the start of the next entry. */
    private static Mark end(Node value) {
        if (value instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK) {
            return end(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
        }
        if (value instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            return end(sequence.getValue().get(sequence.getValue().size() - 1));
        }
        return value.getEndMark();
    }
}
