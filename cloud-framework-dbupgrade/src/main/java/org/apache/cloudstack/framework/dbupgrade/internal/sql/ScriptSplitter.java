package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;

/** Splits a script into its statements, as MySQL's own client does: {@code DELIMITER} lines, quotes and comments count. */
@FunctionalInterface
public interface ScriptSplitter {

    /**
     * Splits the script.
     *
     * @param name the script's file name, for messages
     * @param sqlMode the modes that it runs under; empty for the pinned ones
     * @param text its whole text
     * @throws UnreadableScriptException when a quote, a comment or a block is not closed, or a line is a command of the client
     */
    List<SqlStatement> split(String name, String sqlMode, ScriptText text);

    /** Splits a script that runs under the pinned modes. */
    default List<SqlStatement> split(String name, String text) {
        return split(name, "", ScriptText.of(text));
    }
}
