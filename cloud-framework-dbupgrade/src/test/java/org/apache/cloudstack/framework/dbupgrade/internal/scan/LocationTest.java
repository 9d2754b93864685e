package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyFileIsFoundInAJarAsItIsInAFolder() throws IOException {
        Path jar = jarOf("db/", "db/V_400_A.sql", "db/views/", "db/views/R_hosts.sql");
        Path views = Files.createDirectories(folder.resolve("classes/db/views"));
        Files.createFile(views.resolveSibling("V_410_A.sql"));
        Files.createFile(views.resolve("R_users.sql"));

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {
                    jar.toUri().toURL(), folder.resolve("classes").toUri().toURL()
                },
                null)) {
            assertThat(Location.of("classpath:db", loader).contents().entries())
                    .extracting(Location.Entry::path)
                    .containsExactlyInAnyOrder("V_400_A.sql", "views/R_hosts.sql", "V_410_A.sql", "views/R_users.sql");
        }
    }

    @Test
    void whatIsPackedHasTheNamesThatItWasPackedWith() throws IOException {
        Path jar = jarOf(
                "db/",
                "db/V_4_0_0_A__a+b.sql",
                "db/V_4_0_0_B__50%25 größer.sql",
                "db/db/V_4_1_0_A.sql",
                "dbx/V_4_2_0_A.sql");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(Location.of("classpath:db", loader).contents().entries())
                    .extracting(Location.Entry::path)
                    .containsExactly("V_4_0_0_A__a+b.sql", "V_4_0_0_B__50%25 größer.sql", "db/V_4_1_0_A.sql");
        }
    }

    @Test
    void messagesSayInWhichJarAFileIs() throws IOException {
        Path jar = jarOf("db/", "db/V_400_A.sql");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(Location.of("classpath:db", loader).contents().entries())
                    .extracting(Location.Entry::origin)
                    .containsExactly("URL [jar:" + jar.toUri().toURL() + "!/db/V_400_A.sql]");
        }
    }

    private Path jarOf(String... names) throws IOException {
        Path jar = folder.resolve("code.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : names) {
                entries.putNextEntry(new JarEntry(name));
                entries.closeEntry();
            }
        }
        return jar;
    }
}
