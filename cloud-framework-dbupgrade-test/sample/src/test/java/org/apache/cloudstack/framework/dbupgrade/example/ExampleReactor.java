package org.apache.cloudstack.framework.dbupgrade.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.installed.InstalledProject;
import org.apache.cloudstack.framework.dbupgrade.installed.MavenBuild;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.springframework.util.FileSystemUtils;

/**
 * One Maven build of the example, which is tested, and of copies of it with a fault each, which are compiled. Library and kit
 * come from the repository that this project is installed in.
 *
 * @param folder where the build is
 */
record ExampleReactor(Path folder) {

    static final String SOUND = "sound";

    private static final Path EXAMPLE = Path.of("src/test/resources/example");
    private static final Path FAULTS = Path.of("src/test/resources/example-faults");
    private static final String TEST = "com.example.volumes.VolumesUpgradeTest";
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>all-examples</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <modules>%s</modules>
            </project>
            """;

    /** Writes the build again. */
    static ExampleReactor write(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        ExampleReactor reactor = new ExampleReactor(folder);
        List<String> modules = new ArrayList<>(List.of(SOUND));
        reactor.addExample(SOUND);
        for (PlantedFault fault : PlantedFault.values()) {
            reactor.addExample(fault.folder());
            reactor.plant(fault);
            modules.add(fault.folder());
        }
        String list = modules.stream().map("<module>%s</module>"::formatted).collect(Collectors.joining());
        Files.writeString(folder.resolve("pom.xml"), POM.formatted(list));
        return reactor;
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
        new MavenBuild(folder.toAbsolutePath(), InstalledProject.get().repository())
                .runOn(server, "test", "-Dmaven.test.failure.ignore=true");
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
