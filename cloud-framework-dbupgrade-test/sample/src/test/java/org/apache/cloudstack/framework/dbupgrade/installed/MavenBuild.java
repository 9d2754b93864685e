package org.apache.cloudstack.framework.dbupgrade.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * Builds of a project by the Maven of this machine.
 *
 * @param folder where its {@code pom.xml} is
 * @param repository the local repository that it uses
 */
public record MavenBuild(Path folder, Path repository) {

    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Runs it; the log is in {@code build.log}.
     *
     * @param arguments goals and options
     * @throws AssertionError when it fails, with what it printed
     */
    public String run(String... arguments) throws IOException {
        return run(Map.of(), arguments);
    }

    /** Runs it with the server that its tests are to use. */
    public String runOn(DatabaseServer server, String... arguments) throws IOException {
        return run(
                Map.of(
                        "DBUPGRADE_TEST_URL", server.jdbcUrl(),
                        "DBUPGRADE_TEST_USER", server.user(),
                        "DBUPGRADE_TEST_PASSWORD", server.password()),
                arguments);
    }

    private String run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> log = new ArrayList<>();
        InvocationRequest request = new DefaultInvocationRequest()
                .setPomFile(folder.resolve("pom.xml").toFile())
                .setBaseDirectory(folder.toFile())
                .setLocalRepositoryDirectory(repository.toFile())
                .addArgs(List.of(arguments))
                .addArg("-DargLine=" + QUICK_START)
                .setBatchMode(true)
                .setNoTransferProgress(true)
                .setReactorFailureBehavior(InvocationRequest.ReactorFailureBehavior.FailAtEnd)
                .setJavaHome(Path.of(System.getProperty("java.home")).toFile())
                .setMavenHome(InstalledMaven.find().home())
                .setMavenOpts(QUICK_START)
                .setOutputHandler(log::add)
                .setErrorHandler(log::add);
        environment.forEach(request::addShellEnvironment);
        request.setTimeoutInSeconds((int) LONGEST.toSeconds());
        int status;
        try {
            status = new DefaultInvoker().execute(request).getExitCode();
        } catch (MavenInvocationException e) {
            throw new IllegalStateException("Maven cannot be started", e);
        }
        String text = String.join("\n", log);
        Files.writeString(folder.resolve("build.log"), text);
        if (status != 0) {
            throw new AssertionError("Maven does not get through the build in " + folder + ":\n" + text);
        }
        return text;
    }
}
