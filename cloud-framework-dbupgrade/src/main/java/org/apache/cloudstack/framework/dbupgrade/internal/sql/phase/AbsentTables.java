package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Which tables no database can have, since scripts created all that it has. That is so in a database whose tables they
 * create and of which they touch no other, unless a statement that cannot be read names the table. Not for several threads.
 */
final class AbsentTables {

    private static final Pattern NO_WORD = Pattern.compile("[^\\w$]+");

    private final Set<String> temporary = new HashSet<>();
    private final Set<String> partlyKnown = new HashSet<>();
    private final Set<String> namedElsewhere = new HashSet<>();

    /** A table that only its session sees. */
    void putTemporary(ObjectName table) {
        temporary.add(table.name().toLowerCase(Locale.ROOT));
    }

    /** A table is touched that no script created: there can be others. */
    void touchUnknown(ObjectName table) {
        if (!temporary.contains(table.name().toLowerCase(Locale.ROOT))) {
            partlyKnown.add(table.schema().toLowerCase(Locale.ROOT));
        }
    }

    /** A statement that cannot be read may create what it names. */
    void touchAnyOf(String text) {
        namedElsewhere.addAll(List.of(NO_WORD.split(text.toLowerCase(Locale.ROOT))));
    }

    /** Whether a table that no script created is in no database. */
    boolean isAbsent(ObjectName table) {
        return !partlyKnown.contains(table.schema().toLowerCase(Locale.ROOT))
                && !namedElsewhere.contains(table.name().toLowerCase(Locale.ROOT));
    }
}
