package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a piece of a script is written in the new file.
 *
 * @param text its lines, with their ends
 * @param rewrites where it differs from the old file
 */
record Form(String text, List<Rewrite> rewrites) {

    private static final String HEAD_LINE = "--\\s*dbupgrade\\s*:.*";

    Form {
        rewrites = List.copyOf(rewrites);
    }

    static Form asItStands(String file, LegacyLine line) {
        return line.end().equals("\r")
                ? rewritten(file, line, line.text(), "servers end a comment only at a line feed")
                : new Form(line.text() + line.end(), List.of());
    }

    static Form rewritten(String file, LegacyLine line, String after, String reason) {
        return new Form(after + endOf(line), List.of(new Rewrite(file, line.number(), line.text(), after, reason)));
    }

    /** A line of which the old runner sent nothing, so that nobody else sends any of it either. */
    static Form ofSkipped(String file, LegacyLine line) {
        return commentOf(line.text())
                .map(after -> rewritten(file, line, after, "only the old runner takes this for a comment"))
                .orElseGet(() -> asItStands(file, line));
    }

    /** The text as a comment that servers know; empty when it is one. Comments before a statement are sent with it. */
    static Optional<String> commentOf(String text) {
        String trimmed = text.trim();
        int begin = text.indexOf(trimmed);
        if (trimmed.matches(HEAD_LINE)) {
            return Optional.of("-- legacy " + trimmed.substring(2).stripLeading());
        }
        if (trimmed.startsWith("//")) {
            return Optional.of(text.substring(0, begin) + "-- " + text.substring(begin));
        }
        boolean isKnown =
                !trimmed.startsWith("--") || trimmed.length() == 2 || Character.isWhitespace(trimmed.charAt(2));
        return isKnown ? Optional.empty() : Optional.of(text.substring(0, begin) + "-- " + text.substring(begin + 2));
    }

    /** All of them, one after the other. */
    static Form joined(List<Form> parts) {
        return new Form(
                parts.stream().map(Form::text).collect(Collectors.joining()),
                parts.stream().flatMap(part -> part.rewrites.stream()).toList());
    }

    private static String endOf(LegacyLine line) {
        return line.end().equals("\r") ? "\n" : line.end();
    }
}
