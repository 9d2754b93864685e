package org.apache.cloudstack.framework.dbupgrade.migration;

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
        Path jar = folder.resolve("code.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : new String[] {"db/", "db/V_400_A.sql", "db/views/", "db/views/R_hosts.sql"}) {
                entries.putNextEntry(new JarEntry(name));
                entries.closeEntry();
            }
        }
        Path views = Files.createDirectories(folder.resolve("classes/db/views"));
        Files.createFile(views.resolveSibling("V_410_A.sql"));
        Files.createFile(views.resolve("R_users.sql"));

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {
                    jar.toUri().toURL(), folder.resolve("classes").toUri().toURL()
                },
                null)) {
            assertThat(Location.of("classpath:db", loader).entries())
                    .extracting(Location.Entry::path)
                    .containsExactlyInAnyOrder("V_400_A.sql", "views/R_hosts.sql", "V_410_A.sql", "views/R_users.sql");
        }
    }
}
