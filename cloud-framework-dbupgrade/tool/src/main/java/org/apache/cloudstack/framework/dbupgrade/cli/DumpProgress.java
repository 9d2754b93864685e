package org.apache.cloudstack.framework.dbupgrade.cli;

import org.apache.cloudstack.framework.dbupgrade.backup.BackupListener;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * Shows how far a backup or restore is, and its warnings.
 *
 * @param whenDropping is run when a restore starts to drop databases
 */
record DumpProgress(Screen screen, Runnable whenDropping) implements BackupListener {

    private static final long MEBIBYTE = 1024L * 1024;

    @Override
    public void progress(String database, long done, long total) {
        long percent = total == 0 ? 0 : Math.min(99, done * 100 / total);
        screen.progress(percent + " %  " + database + "  " + done / MEBIBYTE + " MiB of SQL");
    }

    @Override
    public void warning(Finding finding) {
        screen.line(finding.description(Audience.TOOL) + " " + finding.remedy(Audience.TOOL));
    }

    @Override
    public void dropping() {
        whenDropping.run();
    }
}
