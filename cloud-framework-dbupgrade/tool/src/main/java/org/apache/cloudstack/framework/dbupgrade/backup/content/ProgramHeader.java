package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.Set;

/** What stands between the name of a procedure or a function and its body. */
final class ProgramHeader {

    private static final Set<String> OF_TYPES = Set.of(
            "UNSIGNED",
            "SIGNED",
            "ZEROFILL",
            "BINARY",
            "ASCII",
            "UNICODE",
            "VARYING",
            "PRECISION",
            "VARCHAR",
            "VARBINARY",
            "CHAR",
            "CHARACTER",
            "BYTE");

    private static final Set<String> PLAIN =
            Set.of("DETERMINISTIC", "CONTAINS", "READS", "MODIFIES", "DATA", "NO", "NOT", "SQL", "LANGUAGE");

    private ProgramHeader() {}

    /** A loadable function has no brackets, and is refused so. */
    static void skip(Tokens tokens) throws RefusedContentException {
        tokens.skipBrackets();
        if (tokens.take("RETURNS") || tokens.take("RETURN")) {
            type(tokens);
        }
        boolean more = true;
        while (more) {
            if (tokens.take("COMMENT")) {
                tokens.string();
            } else if (tokens.take("SQL", "SECURITY")) {
                tokens.next();
            } else {
                more = tokens.takeOneOf(PLAIN).isPresent();
            }
        }
    }

    private static void type(Tokens tokens) throws RefusedContentException {
        tokens.name();
        boolean more = true;
        while (more) {
            if (tokens.peek().is("(")) {
                tokens.skipBrackets();
            } else if (tokens.take("CHARSET") || tokens.take("COLLATE") || tokens.take("CHARACTER", "SET")) {
                tokens.name();
            } else {
                more = tokens.takeOneOf(OF_TYPES).isPresent();
            }
        }
    }
}
