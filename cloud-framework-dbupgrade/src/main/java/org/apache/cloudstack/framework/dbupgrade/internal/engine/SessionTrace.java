package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Phrase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;

/**
 * What the statements of a script have named of their session. The server is asked what of that is there: it does not list
 * all of it, so the names have to come from the text.
 */
public final class SessionTrace {

    private static final String NAME = "((?:`[^`]+`|[\\w$]+)(?:\\.(?:`[^`]+`|[\\w$]+))?)";
    private static final Phrase TEMPORARY_TABLE = Phrase.of(
            "\\bCREATE\\s+(?:OR\\s+REPLACE\\s+)?TEMPORARY\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?" + NAME,
            "TEMPORARY");
    private static final Phrase USER_LOCK = Phrase.of("\\bGET_LOCK\\s*\\(\\s*'([^']+)'", "GET_LOCK");
    private static final Phrase HANDLER =
            Phrase.of("\\bHANDLER\\s+" + NAME + "\\s+OPEN(?:\\s+(?:AS\\s+)?" + NAME + ")?", "HANDLER");
    private static final Phrase HANDLER_CLOSE = Phrase.of("\\bHANDLER\\s+" + NAME + "\\s+CLOSE", "HANDLER");
    private static final Phrase CALL = Phrase.of("\\bCALL\\s+" + NAME, "CALL");
    private static final Phrase PREPARE = Phrase.of("\\APREPARE\\s+" + NAME + "\\s+FROM\\s+(.+)\\z", "PREPARE");
    private static final Phrase DEALLOCATE = Phrase.of("\\A(?:DEALLOCATE|DROP)\\s+PREPARE\\s+" + NAME, "PREPARE");

    private final Set<String> variables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<SessionObject> candidates = new LinkedHashSet<>();
    private final Map<String, String> prepared = new TreeMap<>();
    private final Set<String> called = new TreeSet<>();
    private boolean touchedSettings;
    private boolean isNew;
    private int last;

    /** Takes note of a statement that was sent. */
    void sent(SqlStatement statement) {
        last = statement.number();
        boolean runsOthers = runsOthers(statement);
        touchedSettings |= runsOthers || statement.kind() == StatementKind.SESSION;
        isNew |= runsOthers
                || statement.kind() == StatementKind.SESSION
                || statement.text().indexOf('@') >= 0
                || !candidates.isEmpty()
                || statement.startsWith("PREPARE")
                || statement.startsWith("DEALLOCATE");
        read(statement.text(), statement.number());
        String text = statement.withoutComments();
        CALL.in(text).forEach(found -> called.add(found.group(1)));
        DEALLOCATE.in(text).forEach(found -> prepared.remove(unquoted(found.group(1))));
    }

    /** Reads what a text, such as the body of a procedure that was called, names. */
    public void read(String text, int number) {
        int before = candidates.size();
        variables.addAll(SqlStatement.userVariablesIn(text));
        add(SessionObject.Kind.TEMPORARY_TABLE, TEMPORARY_TABLE.in(text), number);
        add(SessionObject.Kind.USER_LOCK, USER_LOCK.in(text), number);
        HANDLER.in(text)
                .forEach(found -> candidates.add(new SessionObject(
                        SessionObject.Kind.HANDLER,
                        unquoted(found.group(2) == null ? found.group(1) : found.group(2)),
                        number)));
        HANDLER_CLOSE
                .in(text)
                .forEach(found -> candidates.removeIf(each -> each.kind() == SessionObject.Kind.HANDLER
                        && each.name().equalsIgnoreCase(unquoted(found.group(1)))));
        isNew |= candidates.size() > before;
    }

    private void add(SessionObject.Kind kind, Stream<MatchResult> names, int number) {
        names.forEach(found -> {
            SessionObject candidate = new SessionObject(kind, unquoted(found.group(1)), number);
            boolean isKnown = candidates.stream()
                    .anyMatch(each -> each.kind() == kind && each.name().equalsIgnoreCase(candidate.name()));
            if (!isKnown) {
                candidates.add(candidate);
            }
        });
    }

    /** What a {@code PREPARE} prepares, as an expression; empty for any other statement. */
    static Map.Entry<String, String> preparation(SqlStatement statement) {
        return PREPARE.in(statement.withoutComments())
                .findFirst()
                .map(found -> Map.entry(unquoted(found.group(1)), found.group(2)))
                .orElse(Map.entry("", ""));
    }

    /** Takes note of the text of a prepared statement, which may run anything later. */
    void prepared(String name, String text, int number) {
        prepared.put(name, text);
        read(text, number);
    }

    private static boolean runsOthers(SqlStatement statement) {
        return statement.startsWith("CALL")
                || statement.startsWith("EXECUTE")
                || statement.startsWith("BEGIN NOT")
                || statement.kind() == StatementKind.QUERY
                || statement.text().startsWith("/*");
    }

    private static String unquoted(String name) {
        return name.replace("`", "");
    }

    /** Takes note of what a session that was restored holds. */
    void restored(SessionState state) {
        touchedSettings = true;
        state.statements().forEach(each -> read(each, 0));
        candidates.addAll(state.volatiles());
    }

    /** Whether statements since the last question may have changed what the session holds. */
    boolean hasNews() {
        boolean news = isNew;
        isNew = false;
        return news;
    }

    /** Takes back that the question was asked. */
    void askAgain() {
        isNew = true;
    }

    /** Whether a statement may have changed settings of the session. */
    public boolean touchedSettings() {
        return touchedSettings;
    }

    /** The user variables that were named, without {@code @}. */
    public Set<String> variables() {
        return variables;
    }

    /** What may have been made that ends with the session; the first statement that named each. */
    public Set<SessionObject> candidates() {
        return candidates;
    }

    /** The strings of prepared statements, by their names. */
    public Map<String, String> prepared() {
        return prepared;
    }

    /** The number of the statement that was sent last. */
    public int lastStatement() {
        return last;
    }

    /** The procedures that were called, as they were named. */
    public Set<String> called() {
        return called;
    }

    /** Whether the session may hold anything at all. */
    boolean isEmpty() {
        return !touchedSettings && variables.isEmpty() && candidates.isEmpty() && prepared.isEmpty();
    }
}
