package org.apache.cloudstack.framework.dbupgrade.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * What a server of one's own is started with.
 *
 * @param programs the server's
 * @param folder everything that it writes is in there
 */
record ServerCommand(ServerPrograms programs, Path folder) {

    private static final List<String> OF_MARIADB = List.of(
            // otherwise each start makes itself a certificate, which takes seconds
            "--skip-ssl", "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0");

    private static final List<String> OF_MYSQL =
            List.of("--mysqlx=OFF", "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=OFF");

    /**
     * Makes the first tables.
     *
     * @param further what holds for the server too, which MySQL wants to know already
     */
    List<String> install(List<String> further) throws IOException {
        if (programs.product() == ServerProduct.MYSQL) {
            List<String> arguments = new ArrayList<>(List.of("--initialize-insecure"));
            arguments.addAll(further);
            return command(programs.server(), arguments);
        }
        Path installer = programs.installer()
                .orElseThrow(() -> new IOException("there is no mariadb-install-db beside " + programs.server()));
        return command(installer, List.of("--skip-test-db", "--skip-name-resolve", "--force"));
    }

    /** Runs the server. */
    List<String> run(int port, Path accounts, List<String> further) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--tmpdir=" + folder.resolve("tmp"),
                // the directory that is compiled in may be missing, and belongs to others
                "--secure-file-priv=" + folder.resolve("tmp"),
                "--init-file=" + accounts,
                "--skip-name-resolve",
                "--skip-log-bin",
                "--max-allowed-packet=1G",
                "--event-scheduler=OFF"));
        arguments.addAll(programs.product() == ServerProduct.MYSQL ? OF_MYSQL : OF_MARIADB);
        arguments.addAll(further);
        return command(programs.server(), arguments);
    }

    private List<String> command(Path program, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--no-defaults", "--datadir=" + folder.resolve("data")));
        programs.base().ifPresent(base -> command.add("--basedir=" + base));
        // without it the server refuses to start as root, and for anyone else it changes nothing
        command.add("--user=" + Files.getOwner(folder).getName());
        command.addAll(arguments);
        return command;
    }
}
