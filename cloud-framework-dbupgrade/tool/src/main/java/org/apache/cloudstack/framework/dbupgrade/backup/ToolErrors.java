package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;

/**
 * What an executable wrote about its failure, as it is reported to people. The errors of the server that it quotes may hold values
 * of rows, so they are reported as those of a connection are.
 */
final class ToolErrors {

    private static final int LINES_TOLD = 5;
    private static final int LONGEST_LINE = 300;
    private static final String UNKNOWN_STATE = "HY000";

    /** Such as {@code ERROR 1062 (23000) at line 5: Duplicate …} and {@code Got error: 1045: "Access denied …" when …}. */
    private static final Pattern CODE_FIRST =
            Pattern.compile("(?i)\\berror:? (\\d{4,5})(?: \\((\\w{5})\\))?(?: at line (\\d+))?:? \"?(.*)");

    /** Such as {@code Couldn't execute 'SHOW CREATE VIEW `v`': View 'v' references … (1356)}. */
    private static final Pattern CODE_LAST = Pattern.compile("Couldn't execute '.*': (.*) \\((\\d{4,5})\\)\\s*$");

    /** The beginning of such a line, with the number of its process and the time. */
    private static final String OF_MYDUMPER = "^\\*\\* \\(\\w+:\\d+\\): \\w+ \\*\\*: [\\d:.]+: ";

    private final DumpTarget target;
    private final List<String> schemas;

    ToolErrors(DumpTarget target, List<String> schemas) {
        this.target = target;
        this.schemas = List.copyOf(schemas);
    }

    /** A sentence without secrets and values. */
    String tell(String written) {
        return written.lines()
                .flatMap(line -> ofServer(line).stream())
                .findFirst()
                .orElseGet(() -> ofProgram(written));
    }

    private Optional<String> ofServer(String line) {
        Matcher first = CODE_FIRST.matcher(line);
        if (first.find()) {
            String place = first.group(3) == null ? "" : "in line " + first.group(3) + " of the text, ";
            String state = first.group(2) == null ? UNKNOWN_STATE : first.group(2);
            return Optional.of(place + safe(first.group(4), state, first.group(1)));
        }
        Matcher last = CODE_LAST.matcher(line);
        return last.find() ? Optional.of(safe(last.group(1), UNKNOWN_STATE, last.group(2))) : Optional.empty();
    }

    private String safe(String text, String state, String code) {
        SQLException error = new SQLException(text, state, Integer.parseInt(code));
        return new ServerErrors(target.address(), schemas).explain(error).evidence();
    }

    private String ofProgram(String written) {
        String shown = target.password().isEmpty() ? written : written.replace(target.password(), "…");
        return shown.lines()
                .filter(line -> !line.isBlank() && !line.contains("WARNING") && !line.contains("[Warning]"))
                .map(line -> line.replaceFirst(OF_MYDUMPER, ""))
                .limit(LINES_TOLD)
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .collect(Collectors.joining("; "));
    }
}
