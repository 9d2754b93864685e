package org.apache.cloudstack.framework.dbupgrade.plan;

/**
 * One row of the history.
 *
 * @param key the version, or the name of the repeatable
 * @param script the file or class
 * @param installedOn when it was run, in the server's words
 * @param milliseconds how long it took
 * @param success whether it came to its end
 */
public record HistoryRow(String key, String script, String installedOn, int milliseconds, boolean success) {}
