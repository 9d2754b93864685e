package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.PrintWriter;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupListener;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * Tells how far a backup or restore is: on a terminal all the time, elsewhere only what to look at.
 *
 * @param whenDropping is run when a restore begins to drop databases
 */
record DumpProgress(PrintWriter err, boolean isTerminal, Runnable whenDropping) implements BackupListener {

    private static final long MEBIBYTE = 1024L * 1024;
    private static final String CLEAR = "\r\u001B[K";

    @Override
    public void progress(String database, long done, long total) {
        if (isTerminal) {
            long percent = total == 0 ? 0 : Math.min(99, done * 100 / total);
            err.print(CLEAR + percent + " %  " + database + "  " + done / MEBIBYTE + " MiB of SQL");
            err.flush();
        }
    }

    @Override
    public void warning(Finding finding) {
        err.println(finding.description() + " " + finding.remedy());
        err.flush();
    }

    @Override
    public void dropping() {
        whenDropping.run();
    }

    void end() {
        if (isTerminal) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
