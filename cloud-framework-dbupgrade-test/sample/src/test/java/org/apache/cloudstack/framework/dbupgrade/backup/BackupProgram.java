package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.file.Path;
import java.time.Clock;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Takes a backup, in a process of its own. */
final class BackupProgram {

    /** How a JVM exits that is reported to. */
    static final int TERMINATED = 143;

    private static final String PASSWORD = "BACKUP_PROGRAM_PASSWORD";

    private BackupProgram() {}

    static ChildJvm start(BackupBench bench) {
        return JvmProgram.of(
                        BackupProgram.class,
                        bench.database.jdbcUrl(),
                        bench.target.user(),
                        bench.folder.toString(),
                        bench.tools.folders().get(0).toString())
                .with(PASSWORD, bench.target.password())
                .start();
    }

    public static void main(String... arguments) {
        String url = arguments[0];
        String user = arguments[1];
        String password = System.getenv(PASSWORD);
        new Backups(
                        new DriverManagerDataSource(url, user, password),
                        DumpTarget.of(url, user, password),
                        DumpTools.onPath().withFolder(Path.of(arguments[3])),
                        Clock.systemUTC())
                .take(BackupBench.SCHEMAS, BackupBench.LABEL, Path.of(arguments[2]), BackupListener.NONE);
    }
}
