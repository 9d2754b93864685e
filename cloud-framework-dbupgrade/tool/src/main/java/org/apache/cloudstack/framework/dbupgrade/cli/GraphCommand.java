package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.report.GraphSvg;
import org.apache.cloudstack.framework.dbupgrade.report.GraphText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The releases, drawn. */
@CommandLine.Command(
        name = "graph",
        description = "Draws the releases, which follows which, and where the databases are among them.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME
                + " graph --config application.yml --jars migrations.jar --svg releases.svg")
final class GraphCommand extends Command {

    @CommandLine.Option(names = "--svg", paramLabel = "<file>", description = "Write a picture into this file instead.")
    private @Nullable Path svg;

    @CommandLine.Option(names = "--unicode", description = "Draw with line characters of Unicode.")
    private boolean unicode;

    @Override
    CommandResult answer() {
        GraphPicture picture = workplace().upgrade().graph();
        GraphText.Characters characters = unicode ? GraphText.Characters.UNICODE : GraphText.Characters.ASCII;
        List<String> lines = new GraphText(picture, characters).lines();
        if (svg == null) {
            return new CommandResult(ExitCode.DONE, lines, Map.of("lines", lines)).verbatim();
        }
        try {
            Files.writeString(svg, new GraphSvg(picture).document());
        } catch (IOException e) {
            throw new WrongUseException("The picture cannot be written into " + svg + ": " + e);
        }
        return new CommandResult(
                ExitCode.DONE, List.of("The releases are drawn in " + svg + "."), Map.of("svg", svg.toString()));
    }
}
