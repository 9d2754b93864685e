package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import picocli.CommandLine;

/** What verify compares with. */
@CommandLine.Command(
        name = "snapshot",
        description =
                "Writes the schema of the databases as the snapshot of their release. Take it from fresh databases.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " snapshot src/main/resources/db/upgrade --config application.yml")
final class SnapshotCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<directory>", description = "The directory of the migrations.")
    private Path folder = Path.of(".");

    @Override
    CommandResult answer() {
        SnapshotFile snapshot = workplace().upgrade().snapshot();
        Path file = folder.resolve(snapshot.path());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, snapshot.text());
        } catch (IOException e) {
            throw new WrongUseException("The snapshot cannot be written into " + file + ": " + e);
        }
        return new CommandResult(
                ExitCode.DONE,
                List.of("The schema of release " + snapshot.release() + " is in " + file + "."),
                Map.of("release", snapshot.release().toString(), "file", file.toString()));
    }
}
