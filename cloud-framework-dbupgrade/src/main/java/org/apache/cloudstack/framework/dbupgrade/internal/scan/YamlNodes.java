package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.StringReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads YAML as nodes, of which no object is ever made; whatever is wrong with it has a line. */
public final class YamlNodes {

    private static final Set<Tag> SCALARS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.BOOL, Tag.TIMESTAMP, Tag.MERGE);

    private YamlNodes() {}

    /** A text that is no YAML, or more of it than anybody writes by hand. */
    public static final class WrongYamlException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        private WrongYamlException(int line, String problem, @Nullable Throwable cause) {
            super(problem, cause);
            this.line = line;
        }

        int line() {
            return line;
        }

        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** How many characters are read: those of ten thousand releases; the parser takes too long for many more. */
    static final int LONGEST = 1_000_000;

    /** The root of the one document in a text; null when there is none. */
    public static @Nullable Node compose(String text) throws WrongYamlException {
        if (text.length() > LONGEST) {
            throw new WrongYamlException(1, "it has more than " + LONGEST + " characters", null);
        }
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new WrongYamlException(line, "it is no YAML: " + e.getProblem(), e);
        } catch (ReaderException e) {
            throw new WrongYamlException(
                    lineOf(e.getCodePoint(), text),
                    "it is no YAML: the character U+" + String.format("%04X", e.getCodePoint()) + " is not allowed",
                    e);
        } catch (YAMLException e) {
            throw new WrongYamlException(1, "it is more than a list of releases: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // the parser does not foresee everything that a text may hold
            throw new WrongYamlException(1, "it is no YAML: " + e, e);
        }
    }

    private static int lineOf(int codePoint, String text) {
        int place = text.indexOf(codePoint);
        return 1
                + (int) text.chars()
                        .limit(Math.max(place, 0))
                        .filter(character -> character == '\n')
                        .count();
    }

    /** Whether a value is what it looks like, rather than an object of some class. */
    static boolean isPlain(Node node) {
        Tag tag = node.getTag();
        return node instanceof ScalarNode && SCALARS.contains(tag)
                || node instanceof MappingNode && tag.equals(Tag.MAP)
                || node instanceof SequenceNode && tag.equals(Tag.SEQ);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
