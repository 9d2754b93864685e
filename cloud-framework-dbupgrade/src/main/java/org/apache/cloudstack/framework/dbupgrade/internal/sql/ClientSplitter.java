package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits a script into its statements, as the servers' own client does: {@code DELIMITER} lines, quotes and comments count. */
public final class ClientSplitter {

    private ClientSplitter() {}

    /**
     * Splits a script.
     *
     * @param name the script's file name, for messages
     * @param sqlMode the modes that it runs under; empty for the pinned ones
     * @throws UnreadableScriptException when a quote, a comment or a block is not closed, or a line is a command of the client
     */
    public static List<SqlStatement> split(String name, String sqlMode, ScriptText text) {
        return text.statements(QuoteRules.of(sqlMode), rules -> split(name, rules, text));
    }

    /** Splits a script that runs under the pinned modes. */
    public static List<SqlStatement> split(String name, String text) {
        return split(name, "", ScriptText.of(text));
    }

    private static List<SqlStatement> split(String name, QuoteRules rules, ScriptText text) {
        if (text.isLarge()) {
            return new StreamedStatements(name, rules, text);
        }
        List<SqlStatement> statements = new ArrayList<>();
        ScriptReader reader = new ScriptReader(name, rules, text.open());
        for (SqlStatement next = reader.next(); next != null; next = reader.next()) {
            statements.add(next);
        }
        return statements;
    }
}
