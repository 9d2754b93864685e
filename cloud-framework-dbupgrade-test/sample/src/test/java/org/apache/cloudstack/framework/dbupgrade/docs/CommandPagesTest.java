package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages of the commands are what the commands say of themselves; {@code mvn -Ppages} writes them again. */
class CommandPagesTest {

    private static final Path PAGES = Path.of("../../cloud-framework-dbupgrade/docs/reference/commands");
    private static final boolean WRITE = Boolean.getBoolean("dbupgrade.pages.write");
    private static final int WIDTH = 120;
    /** Its text is the library's own, and differs with the width of the terminal. */
    private static final String COMPLETION = "generate-completion";

    @Test
    void eachCommandHasAPage() throws IOException {
        Map<String, String> pages = pages();
        if (WRITE) {
            Files.createDirectories(PAGES);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }
        assertThat(written()).as("mvn -Ppages writes the pages again").isEqualTo(pages);
    }

    @Test
    void eachCommandIsInTheListOfCommands() {
        String list = Handbook.page("reference/commands.md").text();

        assertThat(pages().keySet()).allSatisfy(page -> assertThat(list).contains("(commands/" + page + ")"));
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        addPages(DatabaseUpgradeTool.commandLine(), pages);
        return pages;
    }

    private static void addPages(CommandLine command, Map<String, String> pages) {
        for (CommandLine below : Map.copyOf(command.getSubcommands()).values()) {
            if (!below.getCommandName().equals(COMPLETION)) {
                String name = below.getCommandSpec().qualifiedName(" ");
                String file = name.substring(name.indexOf(' ') + 1).replace(' ', '-') + ".md";
                below.setUsageHelpWidth(WIDTH).setUsageHelpAutoWidth(false);
                String usage = below.getUsageMessage(CommandLine.Help.Ansi.OFF)
                        .lines()
                        .map(String::stripTrailing)
                        .collect(Collectors.joining("\n"));
                pages.put(file, "# " + name + "\n\n```\n" + usage + "\n```\n");
                addPages(below, pages);
            }
        }
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                pages.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return pages;
    }
}
