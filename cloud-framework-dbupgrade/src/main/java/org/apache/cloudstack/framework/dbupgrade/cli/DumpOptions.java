package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the servers' own programs are, for commands that need them. */
class DumpOptions {

    @Option(
            names = "--tools",
            paramLabel = "<folder>",
            description = "The folder of mariadb-dump and mariadb, or of mysqldump and mysql; the PATH unless given.")
    private @Nullable Path folder;

    @Option(
            names = "--ssl-ca",
            paramLabel = "<file>",
            description = "A PEM file with the authorities to trust, for a URL names those of Java only.")
    private @Nullable Path authority;

    /** The programs to be used. */
    DumpTools tools() {
        return folder == null ? DumpTools.onPath() : DumpTools.onPath().onlyIn(folder);
    }

    /** The server of a login, for the programs. */
    final DumpTarget target(Login login) {
        try {
            DumpTarget target = DumpTarget.of(login.url(), login.user(), login.password());
            return authority == null ? target : target.withAuthority(authority);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }
}
