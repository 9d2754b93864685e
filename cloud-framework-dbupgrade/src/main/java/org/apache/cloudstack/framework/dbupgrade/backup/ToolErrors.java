package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;

/**
 * What a program wrote about its failure, as it is told to people. The errors of the server that it quotes may hold values
 * of rows, so they are told as those of a connection are.
 */
final class ToolErrors {

    private static final int LINES_TOLD = 5;
    private static final int LONGEST_LINE = 300;

    /** Such as {@code ERROR 1062 (23000) at line 5: Duplicate …} and {@code Got error: 1045: "Access denied …" when …}. */
    private static final Pattern CODE_FIRST = Pattern.compile(
            "(?i)\\berror:? (\\d{4,5})(?: \\((\\w{5})\\))?(?: at line \\d+)?(?: in file: '[^']*')?:? \"?(.*)");

    /** Such as {@code Couldn't execute 'SHOW CREATE VIEW `v`': View 'v' references … (1356)}. */
    private static final Pattern CODE_LAST = Pattern.compile("Couldn't execute '.*': (.*) \\((\\d{4,5})\\)\\s*$");

    private final DumpTarget target;
    private final List<String> schemas;

    ToolErrors(DumpTarget target, List<String> schemas) {
        this.target = target;
        this.schemas = List.copyOf(schemas);
    }

    /** A sentence without secrets and values. */
    String tell(String written) {
        Optional<String> ofServer = written.lines()
                .flatMap(line -> error(line).stream())
                .findFirst()
                .map(error -> new ServerErrors(target.address(), schemas)
                        .explain(error)
                        .evidence());
        return ofServer.orElseGet(() -> ofProgram(written));
    }

    private static Optional<SQLException> error(String line) {
        Matcher first = CODE_FIRST.matcher(line);
        if (first.find()) {
            String state = first.group(2) == null ? "HY000" : first.group(2);
            return Optional.of(new SQLException(first.group(3), state, Integer.parseInt(first.group(1))));
        }
        Matcher last = CODE_LAST.matcher(line);
        return last.find()
                ? Optional.of(new SQLException(last.group(1), "HY000", Integer.parseInt(last.group(2))))
                : Optional.empty();
    }

    private String ofProgram(String written) {
        String shown = target.password().isEmpty() ? written : written.replace(target.password(), "…");
        return shown.lines()
                .filter(line -> !line.isBlank() && !line.contains("WARNING") && !line.contains("[Warning]"))
                .limit(LINES_TOLD)
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .collect(Collectors.joining("; "));
    }
}
