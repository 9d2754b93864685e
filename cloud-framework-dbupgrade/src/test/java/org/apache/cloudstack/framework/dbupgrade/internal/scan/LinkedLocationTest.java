package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, pipes and files without permission in a location. */
@Timeout(60)
class LinkedLocationTest {

    @TempDir
    Path folder;

    private Path location;
    private Path shared;

    @BeforeEach
    void aScript() throws IOException {
        location = Files.createDirectories(folder.resolve("code/db"));
        shared = Files.createDirectories(folder.resolve("shared"));
        write(location, "V_400_A.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem:", "classpath:"})
    void linksToDirectoriesAndFilesAreFollowed(String kind) throws IOException {
        write(shared, "4.1/V_410_A.sql");
        write(shared, "4.2/add_states");
        link("4.1", shared.resolve("4.1"));
        link("V_420_A.sql", Path.of("../../shared/4.2/add_states"));

        assertThat(scripts(kind)).containsExactly("V_400_A.sql", "V_410_A.sql", "V_420_A.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem:", "classpath:"})
    void theLocationItselfMayBeALink(String kind) throws IOException {
        Files.move(location, shared.resolve("db"));
        Files.createSymbolicLink(location, shared.resolve("db"));

        assertThat(scripts(kind)).containsExactly("V_400_A.sql");
    }

    @Test
    void aMountedConfigMapIsReadOnce() throws IOException {
        Path version = location.resolve("..2026_11_30_10_00_00.123456789");
        for (String file : List.of("V_410_A.sql", "T_410_A.sql", "releases.yaml")) {
            write(version, file);
            link(file, Path.of("..data", file));
        }
        Files.writeString(version.resolve("releases.yaml"), "4.0.0: {}\n4.1.0: {follows: 4.0.0}\n");
        write(version, "schema/4.1.0.json");
        link("schema", Path.of("..data/schema"));
        link("..data", version.getFileName());

        ScanResult result = scan("filesystem:");

        assertThat(result.findings()).isEmpty();
        assertThat(result.migrations().versioned()).hasSize(2);
        assertThat(result.migrations().declarations()).hasSize(2);
        assertThat(result.expectations().queries()).hasSize(1);
        assertThat(result.expectations().snapshots()).hasSize(1);
    }

    @Test
    void aFileThatTwoPathsLeadToIsReadOnce() throws IOException {
        write(location, "versions/1/V_410_A.sql");
        link("current", Path.of("versions/1"));
        link("versions/V_410_A.sql", Path.of("1/V_410_A.sql"));

        assertThat(scripts("filesystem:")).containsExactly("V_400_A.sql", "V_410_A.sql");
    }

    @Test
    void twoNamesOfOneFileAreTwoMigrationsOfTheSameContent() throws IOException {
        link("V_401_A.sql", Path.of("V_400_A.sql"));

        assertThat(scripts("filesystem:")).containsExactly("V_400_A.sql", "V_401_A.sql");
    }

    @Test
    void manyLinksBetweenDirectoriesDoNotMultiply() throws IOException {
        for (int i = 0; i < 40; i++) {
            write(location, "d" + i + "/V_410_" + (i + 1) + ".sql");
        }
        for (int i = 0; i < 39; i++) {
            link("d" + i + "/one", Path.of("../d" + (i + 1)));
            link("d" + i + "/other", Path.of("../d" + (i + 1)));
        }

        assertThat(scripts("filesystem:")).hasSize(41);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem:", "classpath:"})
    void aLinkToADirectoryThatItIsInIsRefused(String kind) throws IOException {
        write(location, "deeper/V_410_A.sql");
        link("deeper/up", Path.of("../../db"));

        assertRefused(kind, "deeper/up", "the directory that it is in", "Delete the link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_410_A.sql", "releases.yaml", "schema/4.0.0.json", "T_410_A.sql", "deeper"})
    void aLinkThatLeadsNowhereIsRefused(String name) throws IOException {
        link(name, Path.of("gone"));

        assertRefused("filesystem:", name, "it is a link to gone, where nothing is", "delete the link");
        assertRefused("classpath:", name, "it is a link to gone, where nothing is", "delete the link");
    }

    @Test
    void aLinkToItselfLeadsNowhere() throws IOException {
        link("V_410_A.sql", Path.of("V_410_A.sql"));

        assertRefused("filesystem:", "V_410_A.sql", "where nothing is", "delete the link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_410_A.sql", "releases.yaml", "schema/4.0.0.json", "T_410_A.sql"})
    void aPipeIsRefusedAndNobodyWaitsForIt(String name) throws Exception {
        Path pipe = Files.createDirectories(location.resolve(name).getParent())
                .resolve(location.resolve(name).getFileName());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertRefused("filesystem:", name, "a pipe, a socket or a device", "Put a file there");
        assertRefused("classpath:", name, "a pipe, a socket or a device", "Put a file there");
    }

    @Test
    void aLinkToADeviceIsRefused() throws IOException {
        link("V_410_A.sql", Path.of("/dev/zero"));

        assertRefused("filesystem:", "V_410_A.sql", "a pipe, a socket or a device", "Put a file there");
    }

    @Test
    void aDirectoryWithTheNameOfAScriptIsRefused() throws IOException {
        Files.createDirectory(location.resolve("V_410_A.sql"));

        assertRefused("filesystem:", "V_410_A.sql", "a directory with the name of a file", "container");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_410_A.sql", "releases.yaml", "T_410_A.sql"})
    void aFileThatCannotBeReadIsRefused(String name) throws IOException {
        link(name, Path.of("/proc/self/mem"));

        assertRefused("filesystem:", name, "Input/output error", "Look at the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_410_A.sql", "releases.yaml", "T_410_A.sql", "deeper"})
    void whatThePermissionsForbidIsRefused(String name) throws IOException {
        Path file = location.resolve(name);
        if (name.equals("deeper")) {
            Files.createDirectory(file);
        } else {
            write(location, name);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the superuser may read everything");

        assertRefused("filesystem:", name, "its permissions keep the user", "Let that user read it");
    }

    @Test
    void namesThatBeginWithADotAreLeftOut() throws IOException {
        write(location, ".git/V_410_A.sql");
        link(".lock", Path.of("gone"));

        assertThat(scripts("filesystem:")).containsExactly("V_400_A.sql");
    }

    private void assertRefused(String kind, String name, String problem, String remedy) throws IOException {
        List<Finding> findings = scan(kind).findings();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.UNREADABLE_FILE);
            assertThat(finding.problem()).contains(location.resolve(name).toString(), problem);
            assertThat(finding.remedy()).contains(remedy);
        });
    }

    private List<String> scripts(String kind) throws IOException {
        ScanResult result = scan(kind);
        assertThat(result.findings()).isEmpty();
        return result.migrations().versioned().stream()
                .map(VersionedMigration::script)
                .toList();
    }

    private ScanResult scan(String kind) throws IOException {
        URL[] classPath = {folder.resolve("code").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return MigrationScanner.scan(
                    List.of(kind.startsWith("class") ? "classpath:db" : kind + location),
                    loader,
                    MigrationInstances.byDefaultConstructor(),
                    Map.of());
        }
    }

    private void link(String name, Path target) throws IOException {
        Path link = location.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
    }

    private static void write(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "SELECT 1;");
    }
}
