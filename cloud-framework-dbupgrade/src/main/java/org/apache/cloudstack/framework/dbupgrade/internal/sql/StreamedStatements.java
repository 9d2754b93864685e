package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a large script, of which only some are held. The script was read once to its end, so that it is whole and
 * its statements are counted; they are read again as they are asked for, best in their order.
 */
final class StreamedStatements extends AbstractList<SqlStatement> implements RandomAccess {

    private static final int LARGEST_PART = 512;
    private static final int LONGEST_PART = 1 << 18;

    private final String name;
    private final QuoteRules rules;
    private final ScriptText script;
    /** Where each part starts, by the index of its first statement. */
    private final NavigableMap<Integer, ScriptReader.Place> parts = new TreeMap<>();

    private final int size;
    private List<SqlStatement> statements = List.of();
    private List<SqlStatement> before = List.of();
    private @Nullable ScriptReader reader;
    private @Nullable List<SqlStatement> representatives;

    StreamedStatements(String name, QuoteRules rules, ScriptText script) {
        this.name = name;
        this.rules = rules;
        this.script = script;
        ScriptReader whole = new ScriptReader(name, rules, script.open());
        parts.put(0, whole.place());
        int counted = 0;
        int length = 0;
        for (SqlStatement next = whole.next(); next != null; next = whole.next()) {
            counted = next.number();
            length += next.text().length();
            if (counted - parts.lastKey() == LARGEST_PART || length > LONGEST_PART) {
                parts.put(counted, whole.place());
                length = 0;
            }
        }
        this.size = counted;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public synchronized SqlStatement get(int index) {
        Objects.checkIndex(index, size);
        if (has(before, index)) {
            return before.get(index - firstOf(before));
        }
        if (!has(statements, index)) {
            hold(index);
        }
        return statements.get(index - firstOf(statements));
    }

    private static boolean has(List<SqlStatement> some, int index) {
        return !some.isEmpty() && index >= firstOf(some) && index < firstOf(some) + some.size();
    }

    private static int firstOf(List<SqlStatement> some) {
        return some.get(0).number() - 1;
    }

    /** See {@link LongScript}; they are searched for once. */
    synchronized List<SqlStatement> representatives() {
        List<SqlStatement> chosen = representatives;
        if (chosen == null) {
            chosen = LongScript.chosen(this);
            representatives = chosen;
        }
        return chosen;
    }

    /** Holds the part with a statement, and the one before it if that was held. */
    private void hold(int index) {
        Map.Entry<Integer, ScriptReader.Place> part = parts.floorEntry(index);
        Integer next = parts.higherKey(index);
        int end = next == null ? size : next;
        boolean follows = !statements.isEmpty() && firstOf(statements) + statements.size() == part.getKey();
        ScriptReader from = follows ? reader : null;
        if (from == null) {
            if (reader != null) {
                reader.close();
            }
            from = new ScriptReader(name, rules, script.open());
            from.goTo(part.getValue());
        }
        before = follows ? statements : List.of();
        statements = new ArrayList<>();
        for (int i = part.getKey(); i < end; i++) {
            SqlStatement read = from.next();
            if (read == null) {
                throw new UnreadableScriptException(name, "it was changed while it was read");
            }
            statements.add(read);
        }
        reader = from;
    }
}
