package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a large script, of which only some are held. The script was read once to its end, so that it is whole and
 * its statements are counted; they are read again as they are asked for, best in their order.
 */
final class StreamedStatements extends AbstractList<SqlStatement> implements RandomAccess {

    private static final int PART = 512;

    private final String name;
    private final QuoteRules rules;
    private final ScriptText script;
    private final List<ScriptReader.Place> parts = new ArrayList<>();
    private final int size;
    private int held = -1;
    private List<SqlStatement> statements = List.of();
    private List<SqlStatement> before = List.of();
    private @Nullable ScriptReader reader;

    StreamedStatements(String name, QuoteRules rules, ScriptText script) {
        this.name = name;
        this.rules = rules;
        this.script = script;
        ScriptReader whole = new ScriptReader(name, rules, script.open());
        int counted = 0;
        ScriptReader.Place place = whole.place();
        while (whole.next() != null) {
            if (counted % PART == 0) {
                parts.add(place);
            }
            counted++;
            if (counted % PART == 0) {
                place = whole.place();
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
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        int part = index / PART;
        if (part == held - 1 && !before.isEmpty()) {
            return before.get(index % PART);
        }
        if (part != held) {
            hold(part);
        }
        return statements.get(index % PART);
    }

    private void hold(int part) {
        ScriptReader from = part == held + 1 ? reader : null;
        before = part == held + 1 ? statements : List.of();
        if (from == null) {
            if (reader != null) {
                reader.close();
            }
            from = new ScriptReader(name, rules, script.open());
            from.goTo(parts.get(part));
        }
        List<SqlStatement> read = new ArrayList<>(PART);
        for (int i = 0; i < PART; i++) {
            SqlStatement next = from.next();
            if (next == null) {
                break;
            }
            read.add(next);
        }
        if (read.size() < Math.min(PART, size - part * PART)) {
            throw new UnreadableScriptException(name, "it was changed while it was read");
        }
        reader = from;
        statements = read;
        held = part;
    }
}
