package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code releases.yaml}, strictly; each error is told with its line. One release is one entry:
 *
 * <pre>{@code
 * 4.5.2: {follows: 4.5.1, shipped: 2015-08-20}
 * 4.6.1: {follows: [4.5.3, 4.6.0], note: joins the lines}
 * }</pre>
 */
public final class ReleasesFile {

    /** The name of the file, beside the migrations. */
    public static final String NAME = "releases.yaml";

    private final String file;
    private final List<Finding> findings = new ArrayList<>();
    private final NavigableMap<ReleaseVersion, ReleaseDeclaration> declarations = new TreeMap<>();
    private final NavigableMap<ReleaseVersion, Integer> lines = new TreeMap<>();

    private ReleasesFile(String file) {
        this.file = file;
    }

    /**
     * Reads the text of a file.
     *
     * @param file what the file is called in messages
     */
    public static ReleasesFile read(String file, String text) {
        ReleasesFile releases = new ReleasesFile(file);
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                mapping.getValue().forEach(releases::entry);
                releases.checkOrder();
            } else {
                releases.reject(root, "it is not a list of '<version>: {follows: <versions>}'");
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            releases.reject(line, "it is no YAML: " + e.getProblem());
        }
        return releases;
    }

    /** What was declared, in ascending order of versions. */
    public List<ReleaseDeclaration> declarations() {
        return List.copyOf(declarations.values());
    }

    /** All that is wrong with it. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void entry(NodeTuple entry) {
        String key = text(entry.getKeyNode());
        Optional<ReleaseVersion> version = ReleaseVersion.tryParse(key);
        if (version.isEmpty()) {
            reject(entry.getKeyNode(), "'" + key + "' is not a version of three or four parts");
        } else if (lines.putIfAbsent(version.get(), line(entry.getKeyNode())) != null) {
            reject(
                    entry.getKeyNode(),
                    "release " + version.get() + " is declared twice, first in line " + lines.get(version.get()));
        } else if (entry.getValueNode() instanceof MappingNode details) {
            declarations.put(version.get(), declaration(version.get(), details));
        } else {
            reject(entry.getValueNode(), "release " + version.get() + " needs {follows: <versions>}");
        }
    }

    private ReleaseDeclaration declaration(ReleaseVersion version, MappingNode details) {
        SortedSet<ReleaseVersion> follows = new TreeSet<>();
        Optional<LocalDate> shipped = Optional.empty();
        String note = "";
        List<String> seen = new ArrayList<>();
        for (NodeTuple detail : details.getValue()) {
            String key = text(detail.getKeyNode());
            if (seen.contains(key)) {
                reject(detail.getKeyNode(), "'" + key + "' stands twice in release " + version);
            }
            seen.add(key);
            switch (key) {
                case "follows" -> follows.addAll(versions(detail.getValueNode()));
                case "shipped" -> shipped = date(detail.getValueNode());
                case "note" -> note = text(detail.getValueNode());
                default -> reject(detail.getKeyNode(), "'" + key + "' is none of follows, shipped, note");
            }
        }
        return new ReleaseDeclaration(version, follows, shipped, note);
    }

    private List<ReleaseVersion> versions(Node node) {
        List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<ReleaseVersion> versions = new ArrayList<>();
        for (Node each : nodes) {
            Optional<ReleaseVersion> version = ReleaseVersion.tryParse(text(each));
            version.ifPresentOrElse(
                    versions::add, () -> reject(each, "'" + text(each) + "' is not a version of three or four parts"));
        }
        return versions;
    }

    private Optional<LocalDate> date(Node node) {
        try {
            return Optional.of(LocalDate.parse(text(node)));
        } catch (DateTimeParseException e) {
            reject(node, "'" + text(node) + "' is not a date such as 2015-11-30");
            return Optional.empty();
        }
    }

    /** A release that follows only lower ones cannot be part of a cycle. */
    private void checkOrder() {
        for (ReleaseDeclaration each : declarations.values()) {
            int line = lines.getOrDefault(each.version(), 1);
            for (ReleaseVersion lower : each.follows()) {
                if (!lines.containsKey(lower)) {
                    reject(line, "release " + each.version() + " follows " + lower + ", which is not declared");
                } else if (lower.compareTo(each.version()) >= 0) {
                    reject(
                            line,
                            "release " + each.version() + " follows " + lower + ", which is not lower: "
                                    + cycle(each, lower));
                }
            }
            if (each.follows().isEmpty() && !each.version().equals(lines.firstKey())) {
                reject(line, "release " + each.version() + " follows none, and only the first release may");
            }
        }
    }

    private String cycle(ReleaseDeclaration release, ReleaseVersion higher) {
        ReleaseDeclaration other = declarations.get(higher);
        boolean mutual = other != null && other.follows().contains(release.version());
        return mutual ? "the two follow each other" : "a release follows those it was made after";
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "…";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private void reject(@org.jspecify.annotations.Nullable Node node, String problem) {
        reject(node == null ? 1 : line(node), problem);
    }

    private void reject(int line, String problem) {
        findings.add(FindingCode.RELEASES_FILE_WRONG.about(file, line, problem));
    }
}
