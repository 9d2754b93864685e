package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lines that the servers' client takes for a command of its own, where no statement has started. */
final class ClientCommand {

    /** Each with whether it takes an argument. */
    private static final Map<String, Boolean> COMMANDS = Map.ofEntries(
            Map.entry("?", true),
            Map.entry("clear", false),
            Map.entry("connect", true),
            Map.entry("charset", true),
            Map.entry("edit", false),
            Map.entry("ego", false),
            Map.entry("exit", false),
            Map.entry("go", false),
            Map.entry("help", true),
            Map.entry("nopager", false),
            Map.entry("notee", false),
            Map.entry("nowarning", false),
            Map.entry("pager", true),
            Map.entry("print", false),
            Map.entry("prompt", true),
            Map.entry("quit", false),
            Map.entry("rehash", false),
            Map.entry("resetconnection", false),
            Map.entry("sandbox", false),
            Map.entry("source", true),
            Map.entry("status", false),
            Map.entry("system", true),
            Map.entry("tee", true),
            Map.entry("use", true),
            Map.entry("warnings", false));

    /** The first word of a line, and what follows. */
    private record Words(String first, String rest) {

        static Words of(String line) {
            String text = line.strip();
            int end = 0;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            return new Words(text.substring(0, end), text.substring(end).strip());
        }
    }

    private ClientCommand() {}

    /** What a {@code DELIMITER} line sets; empty when the line is none. */
    static Optional<String> delimiter(String line) {
        Words words = Words.of(line);
        return words.first().equalsIgnoreCase("delimiter") ? Optional.of(argument(words.rest())) : Optional.empty();
    }

    private static String argument(String rest) {
        char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
        boolean isQuoted = quote == '\'' || quote == '"' || quote == '`';
        int begin = isQuoted ? 1 : 0;
        int end = rest.indexOf(isQuoted ? quote : ' ', begin);
        return rest.substring(begin, end < 0 ? rest.length() : end);
    }

    /** The statement that a line {@code use <name>} stands for, which the client takes without a delimiter. */
    static Optional<String> use(String line, String delimiter) {
        Words words = Words.of(line);
        boolean isUse = !line.contains(delimiter)
                && words.first().equalsIgnoreCase("use")
                && !words.rest().isEmpty()
                && words.rest().indexOf(' ') < 0;
        return isUse ? Optional.of(line.strip()) : Optional.empty();
    }

    /** The command that a line is, other than {@code DELIMITER}. */
    static Optional<String> in(String line, String delimiter) {
        if (line.contains(delimiter) || line.contains("\\g")) {
            return Optional.empty();
        }
        Words words = Words.of(line);
        String name = words.first().toLowerCase(Locale.ROOT);
        Boolean takesArgument = COMMANDS.get(name);
        return takesArgument != null && (takesArgument || words.rest().isEmpty())
                ? Optional.of(name)
                : Optional.empty();
    }
}
