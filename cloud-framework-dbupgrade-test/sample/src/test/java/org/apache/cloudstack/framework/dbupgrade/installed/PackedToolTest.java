package org.apache.cloudstack.framework.dbupgrade.installed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopierFactory;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two jars of the tool as they are installed, one with MySQL's driver and one without any. */
class PackedToolTest {

    private static final String WITH_DRIVER = "-cli.jar";
    private static final String WITHOUT_DRIVER = "-cli-nodriver.jar";

    @ParameterizedTest
    @ValueSource(strings = {WITH_DRIVER, WITHOUT_DRIVER})
    void itNamesEverythingThatItContains(String suffix) throws IOException {
        assertThat(text(suffix, "META-INF/LICENSE")).contains("Apache License", "MIT License", "Eclipse");
        assertThat(text(suffix, "META-INF/NOTICE")).contains(contents(suffix)).contains("druid", "commons-lang3");
        assertThat(entries(suffix)).noneMatch(entry -> entry.matches("(?i)(LICENSE|NOTICE)(\\.txt)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", WITH_DRIVER, WITHOUT_DRIVER})
    void itHasItsResources(String suffix) throws IOException {
        assertThat(entries(suffix))
                .contains(
                        "META-INF/services/" + TableCopierFactory.class.getName(),
                        "META-INF/dbupgrade/handbook/README.md",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "org/apache/cloudstack/framework/dbupgrade/cli/logback.xml");
    }

    @Test
    void oneHasMySqlsDriverWithItsLicenceAndTheOtherHasNone() throws IOException {
        assertThat(contents(WITH_DRIVER)).contains("mysql-connector-j");
        assertThat(entries(WITH_DRIVER)).contains("META-INF/LICENSE-mysql-connector-j");
        assertThat(contents(WITHOUT_DRIVER)).doesNotContain("mysql-connector-j", "mariadb-java-client");
        assertThat(text(WITHOUT_DRIVER, "META-INF/NOTICE")).doesNotContain("mysql-connector", "GPL-2.0");
        assertThat(entries(WITHOUT_DRIVER))
                .noneMatch(
                        entry -> entry.startsWith("com/mysql/") || entry.equals("META-INF/services/java.sql.Driver"));
    }

    @Test
    void withoutADriverItSaysWhichFileToPutWhere() throws IOException {
        assertThat(run(WITHOUT_DRIVER, "", "status", "--url", "jdbc:mariadb://127.0.0.1:1/shop"))
                .contains("There is no JDBC driver for jdbc:mariadb: URLs: put mariadb-java-client.jar into"
                        + " /usr/share/java, or name that file with --jars.");
    }

    @Test
    void theDriverOfMariaDbWorksFromTheJarsThatAreNamed(@TempDir Path migrations) throws IOException {
        Files.writeString(migrations.resolve("V_100_A.sql"), "CREATE TABLE customer (id INT);");
        DatabaseServer server = TestServers.shared();
        try (TestDatabase empty = TestDatabase.fresh(server, "shop")) {
            assertThat(empty.names()).contains("shop");
            assertThat(run(
                            WITHOUT_DRIVER,
                            server.password(),
                            "status",
                            "--url",
                            "jdbc:mariadb://" + server.address().getHostString() + ":"
                                    + server.address().getPort() + "/?allowPublicKeyRetrieval=true",
                            "--user",
                            server.user(),
                            "--schemas",
                            "shop",
                            "--locations",
                            "filesystem:" + migrations,
                            "--jars",
                            driver("mariadb-java-client").toString()))
                    .contains("1.0.0")
                    .doesNotContain("JDBC driver", "unknown", "refuses");
        }
    }

    /** What is in a jar of the tool, by its names in repositories. */
    private static List<String> contents(String suffix) throws IOException {
        Set<String> packed = new HashSet<>(entries(suffix));
        List<String> found = new ArrayList<>();
        for (Path jar : classPath().toList()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                Optional<String> one = file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .filter(name -> !name.startsWith("META-INF/") && !name.startsWith("org/apache/cloudstack/"))
                        .findFirst();
                if (one.filter(packed::contains).isPresent()) {
                    found.add(artifact(jar));
                }
            }
        }
        assertThat(found).contains("flyway-core", "spring-core", "picocli");
        return found;
    }

    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d[^/]*\\.jar$", "");
    }

    private static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of);
    }

    private static Path driver(String artifact) {
        return classPath()
                .filter(jar -> artifact(jar).equals(artifact))
                .findFirst()
                .orElseThrow();
    }

    private static Path jar(String suffix) {
        return InstalledProject.get().file("cloud-framework-dbupgrade-tool", suffix);
    }

    private static List<String> entries(String suffix) throws IOException {
        try (JarFile packed = new JarFile(jar(suffix).toFile())) {
            return packed.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String text(String suffix, String entry) throws IOException {
        try (JarFile packed = new JarFile(jar(suffix).toFile())) {
            return new String(packed.getInputStream(packed.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String run(String suffix, String password, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar"));
        command.add(jar(suffix).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DBUPGRADE_PASSWORD", password);
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
