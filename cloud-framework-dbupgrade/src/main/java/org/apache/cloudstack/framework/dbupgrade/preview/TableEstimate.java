package org.apache.cloudstack.framework.dbupgrade.preview;

/**
 * A table that a step changes.
 *
 * @param table its name, with that of its database
 * @param rows how many rows the server thinks it has
 * @param bytes what the server thinks its rows and indexes take
 * @param rewrite how much of it the step makes the server write
 */
public record TableEstimate(String table, long rows, long bytes, Rewrite rewrite) {}
