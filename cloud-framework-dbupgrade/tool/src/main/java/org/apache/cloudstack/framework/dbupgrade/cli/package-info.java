/**
 * The standalone tool. {@link org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool} is the door; each command is a
 * class that asks the library one thing and turns the result into an {@code CommandResult}: text for people, one JSON document for
 * machines, and an {@link org.apache.cloudstack.framework.dbupgrade.cli.ExitCode}. Who connects where is settled in
 * {@code GlobalOptions} and {@code Configuration}. Nothing here decides about databases.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.cli;

import org.jspecify.annotations.NullMarked;
