package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications are given as they are built: a Spring Boot jar, a WAR, a directory of jars. */
@UpgradeDatabase
class ApplicationJarsTest {

    private static final String SCRIPT = "CREATE TABLE a (id INT);";

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
    }

    @ParameterizedTest
    @CsvSource({
        "app.jar, BOOT-INF/classes/, BOOT-INF/lib/, true",
        "app.war, WEB-INF/classes/, WEB-INF/lib/, true",
        "plain.war, WEB-INF/classes/, WEB-INF/lib/, false"
    })
    void migrationsWithinAnApplicationRunWithTheClassesOfItsLibraries(
            String name, String classes, String libraries, boolean stored) throws IOException {
        Map<String, byte[]> compiled = compiled();
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(classes + "db/upgrade/V_400_B.class", compiled.get("db/upgrade/V_400_B.class"));
        entries.put(
                libraries + "words-1.0.jar", zip(Map.of("lib/Words.class", compiled.get("lib/Words.class")), false));
        entries.put(libraries + "scripts-1.0.jar", zip(Map.of("db/upgrade/V_400_A.sql", bytes(SCRIPT)), false));
        Path application = Files.write(folder.resolve(name), zip(entries, stored));

        ToolProcess.Ending ending = bench.runAsGiven(
                Map.of(), "upgrade", "--schemas", "cloud,cloud_usage", "--jars", application.toString());

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(bench.database().rows("SELECT word FROM cloud.b")).containsExactly(Map.of("word", "from a library"));
    }

    @Test
    void whatWasUnpackedIsGoneWhenTheToolHasEnded() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        byte[] content = zip(Map.of("BOOT-INF/classes/db/upgrade/V_400_A.sql", bytes(SCRIPT)), false);
        Path application = Files.write(folder.resolve("app.jar"), content);

        ToolProcess.Ending ending = bench.tool()
                .run(
                        List.of("-Djava.io.tmpdir=" + temporary),
                        "plan",
                        "--schemas",
                        "cloud,cloud_usage",
                        "--jars",
                        application.toString());

        assertThat(ending.out()).contains("V_400_A.sql");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aDirectoryOfJarsIsAllOfThem() throws IOException {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        Files.write(jars.resolve("a.jar"), zip(Map.of("db/upgrade/V_400_A.sql", bytes(SCRIPT)), false));
        Files.write(
                jars.resolve("b.jar"),
                zip(Map.of("BOOT-INF/classes/db/upgrade/V_410_A.sql", bytes("CREATE TABLE b (id INT);")), true));

        assertThat(bench.runAsGiven(Map.of(), "plan", "--schemas", "cloud,cloud_usage", "--jars", jars.toString())
                        .out())
                .contains("V_400_A.sql", "V_410_A.sql");
    }

    @Test
    void aDriverWithinAnApplicationIsUsed() throws IOException {
        Map<String, byte[]> driver = new TreeMap<>(Map.of("META-INF/services/java.sql.Driver", bytes("lib.OddDriver")));
        driver.put("lib/OddDriver.class", compiled().get("lib/OddDriver.class"));
        Path application =
                Files.write(folder.resolve("app.jar"), zip(Map.of("BOOT-INF/lib/odd.jar", zip(driver, false)), true));

        ToolProcess.Ending ending = bench.run("status", "--jars", application.toString(), "--url", "jdbc:odd://here/");

        assertThat(ending.err() + ending.out()).contains("SQL state 08O01");
    }

    @Test
    void whatIsNoJarIsSaidToBeNone() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "PK no more");

        assertThatThrownBy(() -> ApplicationJars.classPath(List.of(broken)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContainingAll("broken.jar", "cannot be read as a jar");
    }

    @Test
    void anEntryThatLeadsOutOfTheJarIsRefused() throws IOException {
        byte[] content = zip(Map.of("BOOT-INF/classes/../../../evil.sql", bytes("DROP TABLE a;")), false);
        Path evil = Files.write(folder.resolve("evil.jar"), content);

        assertThatThrownBy(() -> ApplicationJars.classPath(List.of(evil)))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("leads out of it");
    }

    /** A migration, a class of a library that it needs, and a driver. */
    private Map<String, byte[]> compiled() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path words = Files.writeString(sources.resolve("Words.java"), """
                package lib;
                public class Words { public static String first() { return "from a library"; } }
                """);
        Path driver = Files.writeString(sources.resolve("OddDriver.java"), """
                package lib;
                import java.sql.*;
                public class OddDriver implements Driver {
                    public Connection connect(String url, java.util.Properties info) throws SQLException {
                        if (acceptsURL(url)) { throw new SQLException("odd", "08O01"); }
                        return null;
                    }
                    public boolean acceptsURL(String url) { return url.startsWith("jdbc:odd:"); }
                    public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) { return null; }
                    public int getMajorVersion() { return 1; }
                    public int getMinorVersion() { return 0; }
                    public boolean jdbcCompliant() { return false; }
                    public java.util.logging.Logger getParentLogger() { return null; }
                }
                """);
        Path migration = Files.writeString(sources.resolve("V_400_B.java"), """
                package db.upgrade;
                import org.apache.cloudstack.framework.dbupgrade.migration.*;
                public class V_400_B implements JavaMigration {
                    public void migrate(MigrationContext context) throws Exception {
                        try (java.sql.Statement statement = context.connection().createStatement()) {
                            statement.execute("CREATE TABLE b (word VARCHAR(99)) AS SELECT '" + lib.Words.first() + "' AS word");
                        }
                    }
                }
                """);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath(),
                        words.toString(),
                        driver.toString(),
                        migration.toString());
        assertThat(status).isZero();
        Map<String, byte[]> compiled = new TreeMap<>();
        for (String name : List.of("lib/Words.class", "lib/OddDriver.class", "db/upgrade/V_400_B.class")) {
            compiled.put(name, Files.readAllBytes(classes.resolve(name)));
        }
        return compiled;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static byte[] zip(Map<String, byte[]> entries, boolean stored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // as the packers of applications do: jars within jars are not compressed
            zip.setLevel(stored ? 0 : 9);
            Set<String> directories = new TreeSet<>();
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                for (int end = entry.getKey().indexOf('/');
                        end > 0;
                        end = entry.getKey().indexOf('/', end + 1)) {
                    if (directories.add(entry.getKey().substring(0, end + 1))) {
                        zip.putNextEntry(new ZipEntry(entry.getKey().substring(0, end + 1)));
                    }
                }
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                write(zip, entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, byte[] content) throws IOException {
        out.write(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
