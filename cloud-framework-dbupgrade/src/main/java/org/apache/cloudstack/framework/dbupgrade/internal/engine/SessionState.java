package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * What the session of a script holds that its later statements may need; part of each checkpoint.
 *
 * @param statements what restores it, one line each, in this order
 * @param volatiles what ends with the session
 */
public record SessionState(List<String> statements, List<SessionObject> volatiles) {

    /** A session as every migration gets it. */
    public static final SessionState FRESH = new SessionState(List.of(), List.of());

    public SessionState {
        statements = List.copyOf(statements);
        volatiles = List.copyOf(volatiles);
    }

    /** As the journal keeps it. */
    String text() {
        return Stream.concat(statements.stream(), volatiles.stream().map(SessionObject::line))
                .collect(Collectors.joining("\n"));
    }

    /** From what the journal keeps. */
    static SessionState ofJournal(@Nullable String text, String lastInsertId) {
        if (text == null && lastInsertId.equals("0")) {
            return FRESH;
        }
        List<String> lines =
                new ArrayList<>(text == null ? List.of() : text.lines().toList());
        lines.add("SELECT LAST_INSERT_ID(" + lastInsertId + ")");
        return new SessionState(
                lines.stream().filter(line -> !SessionObject.isLine(line)).toList(),
                lines.stream()
                        .filter(SessionObject::isLine)
                        .map(SessionObject::ofLine)
                        .toList());
    }

    /** Whether it holds an object of that kind and name. */
    public boolean holds(SessionObject object) {
        return volatiles.stream()
                .anyMatch(each -> each.kind() == object.kind() && each.name().equalsIgnoreCase(object.name()));
    }

    SessionState without(SessionObject object) {
        return new SessionState(
                statements,
                volatiles.stream().filter(each -> !each.equals(object)).toList());
    }

    /** What has ended with the session, though one of the statements may use it. */
    Optional<SessionObject> missedBy(List<SqlStatement> statements) {
        return volatiles.stream()
                .filter(each -> statements.stream().anyMatch(each::mayBeUsedBy))
                .findFirst();
    }
}
