package org.apache.cloudstack.framework.dbupgrade.osc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the executable says, line by line, from another thread. */
final class PtOscOutput {

    private static final int KEPT = 5;
    private static final int LONGEST = 300;
    private static final Pattern PROGRESS = Pattern.compile("^Copying .*:\\s+(\\d+)% ");
    private static final Pattern STATEMENT = Pattern.compile(" \\[for Statement .*|^\\s*Query: .*");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final String BEGUN = "Creating new table...";

    private final Deque<String> last = new ArrayDeque<>();
    private boolean begun;
    private OptionalInt percent = OptionalInt.empty();

    synchronized void hear(String line) {
        begun |= line.startsWith(BEGUN);
        Matcher progress = PROGRESS.matcher(line);
        if (progress.find()) {
            percent = OptionalInt.of(Integer.parseInt(progress.group(1)));
        } else if (!line.isBlank()) {
            last.addLast(line);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
        }
    }

    /** Whether it started to change anything. */
    synchronized boolean hasBegun() {
        return begun;
    }

    /** How many of a hundred parts of the rows are copied, as it reported last. */
    synchronized OptionalInt percent() {
        return percent;
    }

    /** Its last lines, without what may be values of rows or defaults. */
    synchronized String last() {
        return last.stream()
                .map(line -> STATEMENT.matcher(line).replaceFirst(""))
                .map(line -> QUOTED.matcher(line).replaceAll("'…'").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
                .collect(Collectors.joining("; "));
    }
}
