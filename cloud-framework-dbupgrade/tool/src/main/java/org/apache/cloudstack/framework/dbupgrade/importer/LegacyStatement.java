package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines that CloudStack's runner made one statement of, with the comments and empty lines between them. */
record LegacyStatement(List<LegacyLine> lines) {

    private static final Pattern ROUTINE = Pattern.compile(
            "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*\\S+\\s+)?(?:AGGREGATE\\s+)?"
                    + "(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DELIMITER = Pattern.compile("(?i)DELIMITER\\b.*");
    private static final Pattern ROUTINE_END =
            Pattern.compile("(?is).*\\bEND(?:\\s+(?!(?:IF|CASE|WHILE|LOOP|REPEAT)\\b)[\\w`]+)?");

    LegacyStatement {
        lines = List.copyOf(lines);
    }

    LegacyLine first() {
        return lines.get(0);
    }

    LegacyLine last() {
        return lines.get(lines.size() - 1);
    }

    /** The text that was sent; what the end of a file cut off was never sent. */
    String sent() {
        return lines.stream()
                .filter(line -> !line.isSkipped())
                .map(LegacyLine::sent)
                .collect(Collectors.joining());
    }

    NormalizedSql bare() {
        return NormalizedSql.of(sent());
    }

    boolean isEnded() {
        return last().endsStatement();
    }

    /** A line for the servers' own client, which the runner sent to the server. */
    Optional<LegacyLine> delimiterLine() {
        return lines.stream()
                .filter(line -> DELIMITER.matcher(line.trimmed()).matches())
                .findFirst();
    }

    static boolean isRoutine(NormalizedSql statement) {
        return ROUTINE.matcher(statement.text()).matches();
    }

    static boolean endsRoutine(NormalizedSql statement) {
        return ROUTINE_END.matcher(statement.text()).matches();
    }

    /** The rest of a routine that was cut before. */
    static boolean isRoutineRest(NormalizedSql statement) {
        return statement.text().matches("(?is)END\\b.*");
    }
}
