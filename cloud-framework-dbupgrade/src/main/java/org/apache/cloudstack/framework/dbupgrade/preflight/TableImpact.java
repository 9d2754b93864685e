package org.apache.cloudstack.framework.dbupgrade.preflight;

import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/**
 * A table that a step changes.
 *
 * @param table its name, with that of its database
 * @param rows how many rows the server thinks it has
 * @param bytes what the server thinks its rows and indexes take
 * @param way how the server does the change that disturbs others most
 */
public record TableImpact(String table, long rows, long bytes, AlterAlgorithm way) {}
