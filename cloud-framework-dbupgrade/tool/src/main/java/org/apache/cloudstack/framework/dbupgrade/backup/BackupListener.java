package org.apache.cloudstack.framework.dbupgrade.backup;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/** Is notified how far a backup or a restore is, on a thread of its own. */
public interface BackupListener {

    /** One that does not care. */
    BackupListener NONE = (database, done, total) -> {};

    /**
     * About a mebibyte more is done.
     *
     * @param database the database that is read or written; empty before the first one
     * @param done bytes of SQL text so far, of all databases
     * @param total the bytes to expect; of a backup an estimate by the size of the tables, which text may well exceed
     */
    void progress(String database, long done, long total);

    /** Something to look at, which does not stop the backup. */
    default void warning(Finding finding) {}

    /** A restore drops the databases now, on the thread that asked for it: until it is done, they are incomplete. */
    default void dropping() {}
}
