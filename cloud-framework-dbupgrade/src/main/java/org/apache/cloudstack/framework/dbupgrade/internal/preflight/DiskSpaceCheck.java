package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.TableSizes;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.preflight.TableImpact;

/** Whether the largest table that is rewritten fits on the disk a second time. */
final class DiskSpaceCheck extends ServerCheck {

    private static final long MEBIBYTE = 1024L * 1024;
    private static final long WORTH_A_LOOK = 1024 * MEBIBYTE;

    DiskSpaceCheck() {
        super("disk space");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        Map<String, String> server = new ServerState(context.connection()).variables(List.of("datadir", "hostname"));
        OptionalLong free = free(server);
        long largest = TableSizes.read(context.connection(), context.schemas()).values().stream()
                .mapToLong(TableSizes.Size::bytes)
                .max()
                .orElse(0);
        if (largest < free.orElse(WORTH_A_LOOK)) {
            // whichever table it is, so that no script need be read
            return List.of();
        }
        return inspection.get().impact().steps().stream()
                .flatMap(step -> step.tables().stream())
                .filter(table -> table.way().writesTable())
                .max(Comparator.comparingLong(TableImpact::bytes))
                .flatMap(table -> result(table, free))
                .stream()
                .toList();
    }

    private static Optional<CheckResult> result(TableImpact table, OptionalLong free) {
        String need =
                table.table() + " is rewritten, which takes " + table.bytes() / MEBIBYTE + " MiB more for a while";
        if (free.isEmpty()) {
            return table.bytes() < WORTH_A_LOOK
                    ? Optional.empty()
                    : Optional.of(CheckResult.warn(
                            need + ", and the server's disk cannot be seen from here",
                            "Look at the free space of the server's data directory"));
        }
        return free.getAsLong() > table.bytes()
                ? Optional.empty()
                : Optional.of(CheckResult.stop(
                        need + ", and " + free.getAsLong() / MEBIBYTE + " MiB are free",
                        "Free space on the disk of the server's data directory"));
    }

    /** Known where the server runs on this machine and its directory can be seen. */
    private static OptionalLong free(Map<String, String> server) {
        try {
            Path data = Path.of(server.getOrDefault("datadir", "/nowhere"));
            boolean isHere = InetAddress.getLocalHost().getHostName().equals(server.get("hostname"));
            return isHere && Files.isDirectory(data)
                    ? OptionalLong.of(Files.getFileStore(data).getUsableSpace())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
