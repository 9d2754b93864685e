/**
 * Reads the text of a dump before a restore does, and lets nothing pass but what a restore needs: tables, rows, views and
 * stored programs of the databases of the backup, and the settings of a session that dumps make.
 * {@link org.apache.cloudstack.framework.dbupgrade.backup.content.DumpContent} is the way in.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.backup.content;

import org.jspecify.annotations.NullMarked;
