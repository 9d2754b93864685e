package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.cloudstack.framework.dbupgrade.importer.BaseScripts;
import org.apache.cloudstack.framework.dbupgrade.importer.ImportPlan;
import org.apache.cloudstack.framework.dbupgrade.importer.LegacyImport;
import org.apache.cloudstack.framework.dbupgrade.importer.LegacySettings;
import org.apache.cloudstack.framework.dbupgrade.importer.OpenQuestion;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A legacy tree becomes migrations. */
@CommandLine.Command(
        name = "import",
        description = {
            "Turns a tree of schema-<from>to<to>.sql, as CloudStack kept it, into migrations and releases.yaml.",
            "Without --into it only reports what would become of each file. Nothing is guessed: what is doubtful is asked, and"
                    + " nothing is written until it is answered. Needs no database."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  " + DbUpgradeCommand.NAME + " import db --base create-schema.sql=4.0.0 --versions 4.0.0,4.1.0,4.11.0.0",
            "  " + DbUpgradeCommand.NAME
                    + " import db --base create-schema.sql=4.0.0 --version-of 41100=4.11.0.0 --into db/upgrade"
        })
final class ImportCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<tree>", description = "The directory with the scripts.")
    private Path tree = Path.of(".");

    @Option(names = "--into", paramLabel = "<directory>", description = "Where to write; empty, or missing.")
    private @Nullable Path target;

    @Option(
            names = "--versions",
            split = ",",
            paramLabel = "<release>",
            description = "The releases that really exist, to read digits by.")
    private List<String> versions = List.of();

    @Option(
            names = "--version-of",
            paramLabel = "<digits>=<release>",
            description = "Which release digits mean; may be repeated.")
    private List<String> answers = List.of();

    @Option(
            names = "--base",
            paramLabel = "<file>,<file>=<release>",
            description = "The scripts that install the first release.")
    private @Nullable String base;

    @Option(
            names = "--follows",
            paramLabel = "<release>=<release>,<release>",
            description = "What a release follows in addition, which names of files do not show; may be repeated.")
    private List<String> follows = List.of();

    @Option(
            names = "--scripts",
            paramLabel = "<release>=<file>,<file>",
            description = "The scripts of a release in their order, where names do not show; may be repeated.")
    private List<String> scripts = List.of();

    /** The answer for machines. */
    record Document(
            boolean written,
            List<Mapping> files,
            List<String> releases,
            List<String> rewritten,
            List<String> neverRun,
            List<String> leftOut,
            List<OpenQuestion> doubts) {}

    record Mapping(String from, String to, String release) {}

    @Override
    CommandResult answer() {
        if (!Files.isDirectory(tree)) {
            throw new WrongUseException("There is no directory " + tree + " to import.");
        }
        ImportPlan plan = plan();
        boolean isWritten = target != null && plan.isComplete();
        List<String> text = new ArrayList<>(plan.lines());
        if (isWritten) {
            text.add("Written into " + target + ".");
        } else if (!plan.isComplete()) {
            text.add("Nothing was written.");
        }
        return new CommandResult(
                plan.isComplete() ? ExitCode.DONE : ExitCode.DECISION_NEEDED, text, document(plan, isWritten));
    }

    private ImportPlan plan() {
        try {
            ImportPlan plan = new LegacyImport(settings()).read(tree);
            if (target != null && plan.isComplete()) {
                plan.write(target);
            }
            return plan;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }

    private LegacySettings settings() {
        LegacySettings settings = LegacySettings.none()
                .withVersions(versions.stream().map(ReleaseVersion::of).toList());
        if (base != null) {
            settings = settings.withBase(BaseScripts.of(base));
        }
        settings = with(settings, answers, (all, pair) -> all.withAnswer(pair.name(), ReleaseVersion.of(pair.value())));
        settings = with(
                settings,
                follows,
                (all, pair) -> all.withFollows(
                        ReleaseVersion.of(pair.name()),
                        Arrays.stream(pair.value().split(",", -1))
                                .map(ReleaseVersion::of)
                                .toList()));
        return with(
                settings,
                scripts,
                (all, pair) -> all.withScripts(
                        ReleaseVersion.of(pair.name()), List.of(pair.value().split(",", -1))));
    }

    private static LegacySettings with(
            LegacySettings settings, List<String> texts, BiFunction<LegacySettings, Pair, LegacySettings> adding) {
        LegacySettings all = settings;
        for (String text : texts) {
            all = adding.apply(all, Pair.of(text));
        }
        return all;
    }

    private record Pair(String name, String value) {

        static Pair of(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + text + "' is not of the form <name>=<value>");
            }
            return new Pair(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
    }

    private static Document document(ImportPlan plan, boolean isWritten) {
        return new Document(
                isWritten,
                plan.files().stream()
                        .map(file -> new Mapping(
                                file.oldFile(),
                                file.newFile(),
                                file.release().map(ReleaseVersion::toString).orElse("")))
                        .toList(),
                plan.releases().stream()
                        .map(release -> release.version() + " follows " + release.follows())
                        .toList(),
                plan.rewrites().stream().map(Object::toString).toList(),
                plan.dropped().stream().map(Object::toString).toList(),
                plan.unplaced().stream().map(Object::toString).toList(),
                plan.doubts());
    }
}
