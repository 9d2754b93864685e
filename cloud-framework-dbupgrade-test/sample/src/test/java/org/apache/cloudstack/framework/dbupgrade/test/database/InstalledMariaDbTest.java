package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs and data that all servers of a version start with. */
class InstalledMariaDbTest {

    @TempDir
    Path folder;

    @Test
    void whoeverComesFirstInstallsForAll() throws Exception {
        Callable<InstalledMariaDb> find = () -> InstalledMariaDb.in(folder, EmbeddedMariaDb.V11_4);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<InstalledMariaDb>> found = threads.invokeAll(List.of(find, find));
        threads.shutdown();

        InstalledMariaDb installed = found.get(0).get();
        assertThat(found.get(1).get()).isEqualTo(installed);
        assertThat(installed.programs().resolve("bin/mariadbd")).isExecutable();
        assertThat(installed.data().resolve("mysql")).isDirectory();
        assertThat(content()).containsExactly("mariadb-11.4.5");
    }

    @Test
    void whatIsThereIsTaken() throws IOException {
        Path place = Files.createDirectories(folder.resolve("mariadb-" + EmbeddedMariaDb.V11_4));

        assertThat(InstalledMariaDb.in(folder, EmbeddedMariaDb.V11_4))
                .isEqualTo(new InstalledMariaDb(place.resolve("base"), place.resolve("fresh")));
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftOfAnInstallationThatFails() throws IOException {
        assertThatThrownBy(() -> InstalledMariaDb.in(folder, "5.5.1")).hasMessageContaining("mariadb-5.5.1");

        assertThat(content()).isEmpty();
    }

    private List<String> content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
