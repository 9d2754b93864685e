package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.List;

/** Splits a script into its statements, as MySQL's own client does: {@code DELIMITER} lines, quotes and comments count. */
@FunctionalInterface
public interface ScriptSplitter {

    /**
     * Splits the script.
     *
     * @param name the script's file name, for messages
     * @param text its whole text
     * @throws UnreadableScriptException when a quote, a comment or a block is not closed
     */
    List<SqlStatement> split(String name, String text);
}
