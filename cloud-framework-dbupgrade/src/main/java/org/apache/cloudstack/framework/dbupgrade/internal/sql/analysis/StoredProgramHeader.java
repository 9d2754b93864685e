package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.CreateRoutine;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;
import org.jspecify.annotations.Nullable;

/** Reads the head of a statement that creates a stored program whose body the parser cannot read. */
final class StoredProgramHeader {

    private static final String PART = "(`(?:[^`]|``)+`|[\\w$]+)";
    private static final String NAME = PART + "(?:\\s*\\.\\s*" + PART + ")?";
    private static final String USER = "(?:`[^`]+`|'[^']+'|[\\w$]+)(?:@(?:`[^`]+`|'[^']+'|[\\w$.%]+))?";
    private static final Pattern HEAD = insensitive("\\s*CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*" + USER
            + "(?:\\s*\\(\\s*\\))?\\s+)?(?:AGGREGATE\\s+)?(PROCEDURE|FUNCTION|TRIGGER|EVENT)\\s+"
            + "(?:IF\\s+NOT\\s+EXISTS\\s+)?" + NAME);
    private static final Pattern WATCHED =
            insensitive("\\s+(?:BEFORE|AFTER)\\s+(?:INSERT|UPDATE|DELETE)\\s+ON\\s+" + NAME);

    private StoredProgramHeader() {}

    /** What the statement creates; empty when it creates no stored program, or its head is not understood either. */
    static Optional<CreateRoutine> of(String sql, Names names) {
        Matcher head = HEAD.matcher(sql);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        RoutineKind kind = RoutineKind.valueOf(head.group(1).toUpperCase(Locale.ROOT));
        ObjectName name = name(head.group(2), head.group(3), names);
        if (kind != RoutineKind.TRIGGER) {
            return Optional.of(new CreateRoutine(kind, name, Optional.empty()));
        }
        Matcher watched = WATCHED.matcher(sql).region(head.end(), sql.length());
        return watched.lookingAt()
                ? Optional.of(
                        new CreateRoutine(kind, name, Optional.of(name(watched.group(1), watched.group(2), names))))
                : Optional.empty();
    }

    private static ObjectName name(String first, @Nullable String second, Names names) {
        return second == null
                ? new ObjectName(names.schema(), Names.plain(first))
                : new ObjectName(Names.plain(first), Names.plain(second));
    }

    private static Pattern insensitive(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
