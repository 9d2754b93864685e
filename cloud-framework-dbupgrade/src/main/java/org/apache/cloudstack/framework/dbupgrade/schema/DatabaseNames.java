package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** What both servers take for the name of a table, a column or an index. */
final class DatabaseNames {

    private static final int LONGEST = 64;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

    private DatabaseNames() {}

    /** What is wrong with a name, as a sentence without its full stop; empty when it is good. */
    static Optional<String> objection(String name) {
        if (name.isEmpty()) {
            return Optional.of("a name is empty");
        }
        String shown = "the name '" + name.replaceAll("\\p{Cntrl}", "?") + "' ";
        if (name.length() > LONGEST) {
            return Optional.of(shown + "has " + name.length() + " characters, and " + LONGEST + " are the most");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(shown + "holds a control character");
        }
        if (name.chars().anyMatch(sign -> Character.isSurrogate((char) sign))) {
            return Optional.of(shown + "holds a character beyond the basic plane, which servers cannot store in names");
        }
        return name.endsWith(" ") ? Optional.of(shown + "ends with a blank") : Optional.empty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the lists are only read
    static Optional<String> firstObjection(List<String>... names) {
        return Stream.of(names)
                .flatMap(List::stream)
                .flatMap(name -> objection(name).stream())
                .findFirst();
    }

    /** A name with its database, where that is said. */
    static String quoted(ObjectName name) {
        return name.schema().isEmpty() ? Identifier.quote(name.name()) : Identifier.quote(name.schema(), name.name());
    }

    /** What is wrong with the word for an engine, a character set or a collation. */
    static Optional<String> objectionToWord(String word) {
        return WORD.matcher(word).matches()
                ? Optional.empty()
                : Optional.of("'" + word + "' is not made of letters, digits and _");
    }

    /**
     * The name, when it is good.
     *
     * @param owner what is named, or holds what is named, for the message
     */
    static String checked(String owner, String name) {
        objection(name).ifPresent(problem -> {
            throw new SchemaException(owner + ": " + problem);
        });
        return name;
    }

    /** A name of the library's own, cut so that it stays unique. */
    static String derived(String... parts) {
        String whole = String.join("_", parts);
        String tail = "_" + Integer.toHexString(whole.hashCode());
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST - tail.length()) + tail;
    }
}
