package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code releases.yaml}, strictly; each error is reported with its line. One release is one entry:
 *
 * <pre>{@code
 * 4.5.2: {follows: 4.5.1, shipped: 2015-08-20}
 * 4.6.1: {follows: [4.5.3, 4.6.0], note: joins the lines}
 * }</pre>
 */
public final class ReleasesFile {

    /** The name of the file, beside the migrations. */
    public static final String NAME = "releases.yaml";

    /** As many bytes as a file may have, and more. */
    static final int MOST_BYTES = 4 * YamlNodes.LONGEST + 1;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final int LONGEST_QUOTE = 60;
    private static final int MOST_FINDINGS = 50;

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
            Node root = YamlNodes.compose(text);
            if (root instanceof MappingNode mapping && YamlNodes.isPlain(root)) {
                mapping.getValue().forEach(releases::entry);
                releases.checkOrder();
            } else {
                releases.reject(
                        root == null ? 1 : YamlNodes.line(root),
                        "it is not a list of '<version>: {follows: <versions>}'");
            }
        } catch (YamlNodes.WrongYamlException e) {
            releases.reject(e.line(), e.problem());
        }
        return releases;
    }

    /** Reads a file. */
    public static ReleasesFile read(String file, byte[] content) {
        try {
            return read(file, NotUtf8Exception.decode(content));
        } catch (NotUtf8Exception e) {
            ReleasesFile releases = new ReleasesFile(file);
            releases.reject(e.line(), "it is not UTF-8");
            return releases;
        }
    }

    /** What was declared, in ascending order of versions. */
    public List<ReleaseDeclaration> declarations() {
        return List.copyOf(declarations.values());
    }

    /** All that is wrong with it; of a file that is no list of releases at all, enough of it to see that. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void entry(NodeTuple entry) {
        Optional<ReleaseVersion> version = version(entry.getKeyNode());
        if (version.isEmpty()) {
            return;
        }
        if (lines.putIfAbsent(version.get(), YamlNodes.line(entry.getKeyNode())) != null) {
            reject(
                    entry.getKeyNode(),
                    "release " + version.get() + " is declared twice, first in line " + lines.get(version.get()));
        } else if (entry.getValueNode() instanceof MappingNode details && YamlNodes.isPlain(details)) {
            declarations.put(version.get(), declaration(version.get(), details));
        } else {
            reject(entry.getValueNode(), "release " + version.get() + " needs {follows: <versions>}");
        }
    }

    private ReleaseDeclaration declaration(ReleaseVersion version, MappingNode details) {
        SortedSet<ReleaseVersion> follows = new TreeSet<>();
        Optional<LocalDate> shipped = Optional.empty();
        String note = "";
        Set<String> seen = new HashSet<>();
        for (NodeTuple detail : details.getValue()) {
            String key = text(detail.getKeyNode());
            if (!seen.add(key)) {
                reject(detail.getKeyNode(), shown(detail.getKeyNode()) + " stands twice in release " + version);
            }
            switch (key) {
                case "follows" -> follows.addAll(versions(detail.getValueNode()));
                case "shipped" -> shipped = date(detail.getValueNode());
                case "note" -> note = note(detail.getValueNode());
                default ->
                    reject(detail.getKeyNode(), shown(detail.getKeyNode()) + " is none of follows, shipped, note");
            }
        }
        return new ReleaseDeclaration(version, follows, shipped, note);
    }

    private List<ReleaseVersion> versions(Node node) {
        List<Node> nodes =
                node instanceof SequenceNode sequence && YamlNodes.isPlain(node) ? sequence.getValue() : List.of(node);
        return nodes.stream().flatMap(each -> version(each).stream()).toList();
    }

    private Optional<ReleaseVersion> version(Node node) {
        Optional<ReleaseVersion> version = ReleaseVersion.tryParse(text(node));
        if (version.isEmpty()) {
            reject(node, shown(node) + " is not a version of three or four parts");
        }
        return version;
    }

    private Optional<LocalDate> date(Node node) {
        String text = text(node);
        try {
            if (DAY.matcher(text).matches()) {
                return Optional.of(LocalDate.parse(text));
            }
        } catch (DateTimeParseException e) {
            // no such day
        }
        reject(node, shown(node) + " is not a date such as 2015-11-30");
        return Optional.empty();
    }

    private String note(Node node) {
        if (!(node instanceof ScalarNode) || !YamlNodes.isPlain(node)) {
            reject(node, "a note is a text");
        }
        return text(node);
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
        return node instanceof ScalarNode scalar && YamlNodes.isPlain(node) ? scalar.getValue() : "";
    }

    /** What stands there, as far as it fits into a sentence. */
    private static String shown(Node node) {
        if (!YamlNodes.isPlain(node)) {
            return "a value with the tag " + shortened(node.getTag().getValue());
        }
        return node instanceof ScalarNode scalar
                ? "'" + shortened(scalar.getValue()) + "'"
                : node instanceof SequenceNode ? "a list" : "a mapping";
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_QUOTE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }

    private void reject(Node node, String problem) {
        reject(YamlNodes.line(node), problem);
    }

    private void reject(int line, String problem) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(FindingCode.RELEASES_FILE_WRONG.about(file, line, problem));
        }
    }
}
