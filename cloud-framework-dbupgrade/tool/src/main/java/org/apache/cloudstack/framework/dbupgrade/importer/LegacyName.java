package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name {@code schema-<from>to<to>[-<part>].sql} says.
 *
 * @param file the file, below the tree
 * @param from the digits of the release it leads from
 * @param to the digits of the release it leads to
 * @param part what follows, such as {@code cleanup}; may be empty
 */
record LegacyName(String file, String from, String to, String part) {

    private static final Pattern NAME = Pattern.compile("schema-(\\d+)to(\\d+)(?:-([\\w.-]+))?\\.sql");
    private static final String CLEANUP = "cleanup";

    /** Reads the name of a file that lies directly in the tree; empty when it is another one. */
    static Optional<LegacyName> of(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches()
                ? Optional.of(new LegacyName(
                        file,
                        name.group(1),
                        name.group(2),
                        Optional.ofNullable(name.group(3)).orElse("")))
                : Optional.empty();
    }

    /** Whether its place in the release is known: the script itself is the first, its cleanup the second. */
    boolean hasPlace() {
        return part.isEmpty() || isCleanup();
    }

    boolean isCleanup() {
        return part.equals(CLEANUP);
    }

    /** For the description of the new file. */
    String description() {
        return "from_" + from + (part.isEmpty() ? "" : "_" + part);
    }
}
