package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that the servers' client takes for a command of its own, where no statement has begun. */
final class ClientCommand {

    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\S+)[ \\t]*(.*?)\\s*", Pattern.DOTALL);
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

    private ClientCommand() {}

    /** What a {@code DELIMITER} line sets; empty when the line is none. */
    static Optional<String> delimiter(String line) {
        Matcher words = FIRST_WORD.matcher(line);
        if (!words.matches() || !words.group(1).equalsIgnoreCase("delimiter")) {
            return Optional.empty();
        }
        return Optional.of(argument(words.group(2)));
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
        Matcher words = FIRST_WORD.matcher(line);
        boolean isUse = !line.contains(delimiter)
                && words.matches()
                && words.group(1).equalsIgnoreCase("use")
                && !words.group(2).isEmpty()
                && words.group(2).indexOf(' ') < 0;
        return isUse ? Optional.of(line.strip()) : Optional.empty();
    }

    /** The command that a line is, other than {@code DELIMITER}. */
    static Optional<String> in(String line, String delimiter) {
        if (line.contains(delimiter) || line.contains("\\g")) {
            return Optional.empty();
        }
        Matcher words = FIRST_WORD.matcher(line);
        if (!words.matches()) {
            return Optional.empty();
        }
        String name = words.group(1).toLowerCase(Locale.ROOT);
        Boolean takesArgument = COMMANDS.get(name);
        return takesArgument != null && (takesArgument || words.group(2).isEmpty())
                ? Optional.of(name)
                : Optional.empty();
    }
}
