/**
 * Backup and restore of the databases with the servers' own executables: {@code mariadb-dump} or {@code mysqldump}, and
 * {@code mariadb} or {@code mysql}; where it is asked for, with mydumper for the rows.
 * {@link org.apache.cloudstack.framework.dbupgrade.backup.Backups} takes a backup,
 * {@link org.apache.cloudstack.framework.dbupgrade.backup.Backup} verifies one, and
 * {@link org.apache.cloudstack.framework.dbupgrade.backup.Restore} puts it back.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.backup;

import org.jspecify.annotations.NullMarked;
