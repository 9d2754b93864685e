package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFoldersTest {

    @TempDir
    Path folder;

    @Test
    void dataLieInTheFolderThatIsNamed() throws IOException {
        Path named = folder.resolve("a/b");

        ServerFolders folders = ServerFolders.temporary(Map.of(ServerFolders.DATA, named.toString()));

        Files.createDirectories(folders.data().resolve("mysql"));
        assertThat(folders.data()).startsWith(named);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.dataHome())))
                .isEqualTo("rwx------");
        folders.delete();
        assertThat(folders.home()).doesNotExist();
        assertThat(named).isEmptyDirectory();
    }

    @Test
    void aNameThatIsRelativeMeansAFolderOfTheTests() throws IOException {
        ServerFolders folders = ServerFolders.temporary(Map.of(ServerFolders.DATA, "target/data"));

        assertThat(folders.dataHome()).hasParent(Path.of("target/data").toAbsolutePath());
        folders.delete();
    }

    @Test
    void dataLieInMemoryWhereThatHasRoom() throws IOException {
        ServerFolders inMemory = ServerFolders.temporary(Map.of(), folder, 1);
        ServerFolders tooLarge = ServerFolders.temporary(Map.of(), folder, Long.MAX_VALUE);
        ServerFolders withoutMemory = ServerFolders.temporary(Map.of(), folder.resolve("missing"), 0);

        assertThat(inMemory.dataHome()).hasParent(folder);
        assertThat(tooLarge.dataHome()).hasParent(tooLarge.home());
        assertThat(withoutMemory.dataHome()).hasParent(withoutMemory.home());
        List.of(inMemory, tooLarge, withoutMemory).forEach(ServerFolders::delete);
        assertThat(folder).isEmptyDirectory();
        assertThat(tooLarge.home()).doesNotExist();
    }

    @Test
    void dataThatAreKeptLieBesideTheirPrograms() throws IOException {
        ServerFolders folders = ServerFolders.in(Files.createDirectory(folder.resolve("kept")));
        Files.createDirectories(folders.data());

        assertThat(folders.data()).hasParent(folder.resolve("kept"));
        folders.delete();
        assertThat(folder).isEmptyDirectory();
    }
}
