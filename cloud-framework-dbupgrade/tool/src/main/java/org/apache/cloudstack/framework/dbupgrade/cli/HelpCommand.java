package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Shows how a command is used, or a page of the handbook, which is packed into the tool. */
@CommandLine.Command(
        name = "help",
        helpCommand = true,
        description = "Shows how a command is used, or a page of the handbook.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  " + DbUpgradeCommand.NAME + " help releases from-git",
            "  " + DbUpgradeCommand.NAME + " help when-it-fails"
        })
final class HelpCommand implements Runnable {

    private static final String HANDBOOK = "/META-INF/dbupgrade/handbook/";
    private static final String INDEX = "README";
    private static final List<String> DIRECTORIES = List.of("", "guide/", "operations/", "reference/", "design/");

    private static final Pattern MARKUP = Pattern.compile("(?m)^<!--.*-->\\R|!\\[[^\\]]*\\]\\([^)]*\\)\\R?");
    private static final Pattern PAGE = Pattern.compile("\\[([^\\]]+)\\]\\((?:[\\w.-]+/)*([\\w-]+)\\.md(?:#[^)]*)?\\)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]*\\)");

    @CommandLine.Parameters(
            paramLabel = "<topic>",
            arity = "0..*",
            description = "A command, or a page such as upgrade-day; handbook shows the index of the pages.")
    private List<String> topic = List.of();

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine tool = command().parent().commandLine();
        CommandLine subject = tool;
        for (String name : topic) {
            CommandLine next = subject.getSubcommands().get(name);
            if (next == null) {
                tool.getOut().println(page());
                tool.getOut().flush();
                return;
            }
            subject = next;
        }
        subject.usage(tool.getOut());
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command");
        }
        return spec;
    }

    private String page() {
        String name = topic.size() == 1 ? topic.get(0) : "";
        String text = read(name.equals("handbook") ? INDEX : name)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        command().commandLine(),
                        "There is no command and no page '" + String.join(" ", topic) + "'. The pages are "
                                + pages().collect(Collectors.joining(", ")) + "."));
        String named = PAGE.matcher(MARKUP.matcher(text).replaceAll("")).replaceAll("$1 ($2)");
        return LINK.matcher(named).replaceAll("$1").strip();
    }

    private static Stream<String> pages() {
        return read(INDEX).stream()
                .flatMap(index -> PAGE.matcher(index).results().map(found -> found.group(2)))
                .filter(name -> !name.equals(INDEX))
                .distinct()
                .sorted();
    }

    private static Optional<String> read(String name) {
        if (!name.matches("[\\w-]+")) {
            return Optional.empty();
        }
        return DIRECTORIES.stream()
                .map(directory -> HelpCommand.class.getResourceAsStream(HANDBOOK + directory + name + ".md"))
                .flatMap(Stream::ofNullable)
                .map(HelpCommand::text)
                .findFirst();
    }

    private static String text(InputStream page) {
        try (page) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
