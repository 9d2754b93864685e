package org.apache.cloudstack.framework.dbupgrade.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The library as applications get it: what is in its jar, and what its POM brings. */
class PackedLibraryTest {

    private static final String PARSER = "org.apache.cloudstack.druid.";
    private static final int LARGEST = 4_000_000;

    private final Path jar = InstalledProject.get().file("cloud-framework-dbupgrade", ".jar");

    @Test
    void itIsSmallAndHoldsNothingOutsideItsOwnPackage() throws IOException {
        assertThat(jar).satisfies(file -> assertThat(Files.size(file)).isLessThan(LARGEST));
        assertThat(entries(jar)).allMatch(entry -> entry.startsWith("org/") || entry.startsWith("META-INF/"));
        assertThat(entries(jar).stream().filter(entry -> entry.startsWith("org/") && !entry.endsWith("/")))
                .allMatch(entry -> entry.startsWith("org/apache/cloudstack/"));
        assertThat(entries(jar))
                .noneMatch(entry -> entry.matches("META-INF/(druid|scm|.*\\.(SF|RSA|DSA)).*"))
                .noneMatch(entry -> entry.contains("support/http"));
        assertThat(entries(jar).stream()
                        .filter(entry -> entry.startsWith("META-INF/services/") && !entry.endsWith("/")))
                .containsExactly("META-INF/services/org.flywaydb.core.extensibility.Plugin");
    }

    @Test
    void itNamesWhatItContains() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
        assertThat(text("META-INF/NOTICE"))
                .contains("com.alibaba:druid", "Alibaba Group Holding Ltd.", "org.apache.commons:commons-lang3");
    }

    @Test
    void eachClassOfTheParserLinks() throws Exception {
        try (URLClassLoader loader = beforeAllElse()) {
            List<String> classes = entries(jar).stream()
                    .filter(entry -> entry.endsWith(".class"))
                    .map(entry -> entry.replace('/', '.').replaceFirst("\\.class$", ""))
                    .filter(name -> name.startsWith(PARSER) && !isOfOtherDialect(name))
                    .toList();

            assertThat(classes).hasSizeGreaterThan(700);
            for (String name : classes) {
                // verified, and initialized
                assertThat(Class.forName(name, true, loader)).isNotNull();
            }
        }
    }

    @Test
    void theParserRefersToNothingThatIsNotThere() {
        StringWriter found = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found),
                        new PrintWriter(found),
                        "--multi-release",
                        "17",
                        "--missing-deps",
                        "-cp",
                        System.getProperty("java.class.path"),
                        jar.toString());

        List<String> missing = Pattern.compile("(?m)^\\s+(\\S+)\\s+-> (\\S+)\\s+not found")
                .matcher(found.toString())
                .results()
                .filter(each -> each.group(1).startsWith(PARSER) && !isOfOtherDialect(each.group(1)))
                .map(each -> each.group(1).replace(PARSER, "") + " -> "
                        + each.group(2).replace(PARSER, ""))
                .toList();

        // for other dialects, of a comparison that nobody asks for, and of an output as JSON
        assertThat(missing)
                .isNotEmpty()
                .allMatch(each -> each.matches("sql\\.SQLUtils -> .*(Oracle|PG).*"
                        + "|lang3\\.tuple\\.Pair -> .*CompareToBuilder"
                        + "|sql\\.visitor\\.SQLDataTypeValidator -> util\\.(Hive|Odps)Utils"
                        + "|stat\\.TableStat\\$Condition -> support\\.json\\.JSONUtils"));
    }

    @Test
    void itsPomBringsWhatAnApplicationNeeds() throws IOException {
        String pom = Files.readString(InstalledProject.get().file("cloud-framework-dbupgrade", ".pom"));

        assertThat(PomDependency.of(pom).stream()
                        .filter(each -> !each.isOptional() && !each.scope().equals("test")))
                .extracting(PomDependency::artifact, PomDependency::scope)
                .containsExactlyInAnyOrder(
                        tuple("spring-boot-starter-jdbc", "compile"),
                        tuple("flyway-core", "compile"),
                        tuple("flyway-mysql", "compile"),
                        tuple("jackson-databind", "compile"),
                        tuple("jspecify", "compile"));
    }

    @Test
    void itsSourcesAreThere() {
        assertThat(InstalledProject.get().file("cloud-framework-dbupgrade", "-sources.jar"))
                .exists();
        assertThat(InstalledProject.get().file("cloud-framework-dbupgrade-test", "-sources.jar"))
                .exists();
    }

    @Test
    void itsJavadocHasTheLicenseToo() throws IOException {
        Path javadoc = InstalledProject.builtHere("cloud-framework-dbupgrade", "-javadoc.jar");
        assumeTrue(Files.exists(javadoc), "mvn verify makes it, mvn test does not");

        assertThat(entries(javadoc)).contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void theKitHoldsNothingOfTheSampleWhichIsNotPublished() throws IOException {
        assertThat(entries(InstalledProject.get().file("cloud-framework-dbupgrade-test", ".jar")))
                .filteredOn(name -> !name.endsWith("/"))
                .allMatch(name -> name.startsWith("org/apache/cloudstack/framework/dbupgrade/test/")
                        || name.startsWith("META-INF/"));
        assertThat(InstalledProject.get().file("cloud-framework-dbupgrade-sample", ".jar"))
                .doesNotExist();
    }

    /** The jar, with what the tests have after it for what the library depends on. */
    private URLClassLoader beforeAllElse() {
        URL[] path = Stream.concat(
                        Stream.of(jar),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of))
                .map(PackedLibraryTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isOfOtherDialect(String name) {
        return name.startsWith(PARSER + "sql.dialect.") && !name.startsWith(PARSER + "sql.dialect.mysql.");
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile packed = new JarFile(jar.toFile())) {
            return packed.stream().map(ZipEntry::getName).toList();
        }
    }

    private String text(String entry) throws IOException {
        try (JarFile packed = new JarFile(jar.toFile())) {
            return new String(packed.getInputStream(packed.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
