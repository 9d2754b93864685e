package org.apache.cloudstack.framework.dbupgrade.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;
import org.springframework.util.FileSystemUtils;

/**
 * One Maven build of the example, which is tested, and of copies of it with a fault each, which are compiled. Library and kit
 * are modules of it, with the classes that are compiled already, so that nothing has to be installed and the local repository
 * stays as it is.
 *
 * @param folder where the build is
 */
record ExampleReactor(Path folder) {

    static final String SOUND = "sound";

    private static final Path PROJECT = Path.of("..");
    private static final Path EXAMPLE = Path.of("src/test/resources/example");
    private static final Path FAULTS = Path.of("src/test/resources/example-faults");
    private static final String TEST = "com.example.volumes.VolumesUpgradeTest";
    private static final String LIBRARY = "cloud-framework-dbupgrade";
    private static final String TOOL = "cloud-framework-dbupgrade/tool";
    private static final String KIT = "cloud-framework-dbupgrade-test";
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Writes the build anew. */
    static ExampleReactor write(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        ExampleReactor reactor = new ExampleReactor(folder);
        reactor.addCompiled(LIBRARY);
        reactor.addCompiled(TOOL);
        reactor.addCompiled(KIT);
        // the sample is in the same jar; who needs the kit needs none of it
        FileSystemUtils.deleteRecursively(
                folder.resolve(KIT).resolve("target/classes/org/apache/cloudstack/framework/dbupgrade/sample"));
        List<String> modules = new ArrayList<>(List.of(LIBRARY, TOOL, KIT, SOUND));
        reactor.addExample(SOUND);
        for (PlantedFault fault : PlantedFault.values()) {
            reactor.addExample(fault.folder());
            reactor.plant(fault);
            modules.add(fault.folder());
        }
        String list = modules.stream().map("<module>%s</module>"::formatted).collect(Collectors.joining());
        Files.writeString(
                folder.resolve("pom.xml"),
                withoutBuild(PROJECT.resolve("pom.xml"))
                        .replaceFirst("(?s)<modules>.*</modules>", "<modules>" + list + "</modules>"));
        return reactor;
    }

    private void addCompiled(String module) throws IOException {
        Path classes = PROJECT.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is not there: build both modules, from the folder above.");
        }
        FileSystemUtils.copyRecursively(
                classes, folder.resolve(module).resolve("target").resolve("classes"));
        Files.writeString(
                folder.resolve(module).resolve("pom.xml"),
                withoutBuild(PROJECT.resolve(module).resolve("pom.xml")));
    }

    private static String withoutBuild(Path pom) throws IOException {
        return Files.readString(pom)
                .replaceFirst("(?s)<profiles>.*</profiles>", "")
                .replaceFirst("(?s)<build>.*</build>", "");
    }

    private void addExample(String module) throws IOException {
        FileSystemUtils.copyRecursively(EXAMPLE, folder.resolve(module));
        Path pom = folder.resolve(module).resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "<artifactId>volumes-plugin</artifactId>",
                                "<artifactId>volumes-plugin-" + module + "</artifactId>"));
    }

    private void plant(PlantedFault fault) throws IOException {
        Path module = folder.resolve(fault.folder());
        FileSystemUtils.copyRecursively(FAULTS.resolve(fault.folder()), module);
        Path pom = module.resolve("pom.xml");
        Files.writeString(
                pom, Files.readString(pom).replace("<properties>", "<properties><skipTests>true</skipTests>"));
    }

    /**
     * Builds all of it on one server, with tests that may fail. The log is in {@code build.log}.
     *
     * @throws AssertionError when something else fails
     */
    void build(DatabaseServer server) throws IOException {
        List<String> log = new ArrayList<>();
        InvocationRequest request = new DefaultInvocationRequest()
                .setPomFile(folder.resolve("pom.xml").toFile())
                .addArgs(List.of("test"))
                .setBatchMode(true)
                .setNoTransferProgress(true)
                .setReactorFailureBehavior(InvocationRequest.ReactorFailureBehavior.FailAtEnd)
                .setJavaHome(Path.of(System.getProperty("java.home")).toFile())
                .setMavenHome(InstalledMaven.find().home())
                .setMavenOpts(QUICK_START)
                .setProperties(properties())
                .addShellEnvironment("DBUPGRADE_TEST_URL", server.jdbcUrl())
                .addShellEnvironment("DBUPGRADE_TEST_USER", server.user())
                .addShellEnvironment("DBUPGRADE_TEST_PASSWORD", server.password())
                .setOutputHandler(log::add)
                .setErrorHandler(log::add);
        request.setTimeoutInSeconds((int) LONGEST.toSeconds());
        try {
            InvocationResult result = new DefaultInvoker().execute(request);
            String text = String.join("\n", log);
            Files.writeString(folder.resolve("build.log"), text);
            if (result.getExitCode() != 0) {
                throw new AssertionError("Maven does not get through the build of the example:\n" + text);
            }
        } catch (MavenInvocationException e) {
            throw new IllegalStateException("Maven cannot be started", e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("maven.test.failure.ignore", "true");
        properties.setProperty("argLine", QUICK_START);
        String repository = System.getProperty("localRepository", System.getProperty("maven.repo.local", ""));
        if (!repository.isEmpty()) {
            properties.setProperty("maven.repo.local", repository);
        }
        return properties;
    }

    /** What the test of the sound example reports. */
    SurefireReport report() {
        return SurefireReport.read(
                folder.resolve(SOUND).resolve("target/surefire-reports").resolve("TEST-" + TEST + ".xml"));
    }

    /** The test that finds a fault. */
    ModuleTest test(PlantedFault fault) {
        return new ModuleTest(folder.resolve(fault.folder()), TEST, fault.test());
    }
}
