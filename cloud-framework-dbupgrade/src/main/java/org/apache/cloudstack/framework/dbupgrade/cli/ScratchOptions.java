package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that a rehearsal may write to. */
final class ScratchOptions {

    @Option(
            names = "--scratch-url",
            required = true,
            paramLabel = "<jdbc-url>",
            description = "Another server, of the same product, that holds nothing anybody needs.")
    private String url = "";

    @Option(names = "--scratch-user", paramLabel = "<name>", description = "Who connects there; root unless given.")
    private String user = "root";

    @Option(
            names = "--scratch-password-file",
            paramLabel = "<file>",
            description = "A file whose first line is that account's password. Else DBUPGRADE_SCRATCH_PASSWORD.")
    private @Nullable Path passwordFile;

    @Option(names = "--replace", description = "Drop databases of these names that are on the scratch server already.")
    private boolean replace;

    Login login() {
        Workplace.requireNoSecret(url);
        Optional<String> password = passwordFile == null
                ? Optional.ofNullable(System.getenv("DBUPGRADE_SCRATCH_PASSWORD"))
                : Workplace.passwordIn(passwordFile);
        return new Login(url, user, password.orElse(""));
    }

    boolean mayReplace() {
        return replace;
    }
}
