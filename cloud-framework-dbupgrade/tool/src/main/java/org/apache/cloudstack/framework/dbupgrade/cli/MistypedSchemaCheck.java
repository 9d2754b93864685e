package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a database that would be created is one that already exists, mistyped: the names are alike, and the other one has
 * some of these migrations or is a CloudStack's. Databases of other migrations may have any names.
 */
final class MistypedSchemaCheck implements PreflightCheck {

    private static final int SHORTEST = 4;
    private static final int LONG = 8;

    @Override
    public String name() {
        return "names of new databases";
    }

    @Override
    public List<CheckResult> check(PreflightContext context) {
        String first = context.schemas().get(0);
        if (!context.plan().isFreshInstall() || exists(context.jdbc(), first)) {
            return List.of();
        }
        return context
                .jdbc()
                .sql("SELECT DISTINCT table_schema FROM information_schema.tables"
                        + " WHERE table_name IN ('dbupgrade_journal', 'version') ORDER BY table_schema")
                .query(String.class)
                .list()
                .stream()
                .filter(other -> areAlike(first, other) && isInUse(context, other))
                .map(other -> CheckResult.stop(
                        "The database " + first + " does not exist, and " + other + " of these migrations does",
                        "Correct --schemas. Where " + first + " is to be a new database, give --create-schemas"))
                .toList();
    }

    private static boolean exists(JdbcClient jdbc, String schema) {
        return jdbc.sql("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?")
                        .param(schema)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static boolean isInUse(PreflightContext context, String other) {
        Set<String> tables = context.jdbc()
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = ?")
                .param(other)
                .query(String.class)
                .set();
        if (!tables.contains("dbupgrade_journal")) {
            return true;
        }
        Set<String> changes = context.plan().steps().stream()
                .map(step -> step.migration().changeId().hex())
                .collect(Collectors.toCollection(HashSet::new));
        return context
                .jdbc()
                .sql("SELECT change_id FROM " + Identifier.quote(other, "dbupgrade_journal"))
                .query(String.class)
                .list()
                .stream()
                .anyMatch(changes::contains);
    }

    /** One letter, or of long names two, is another one, missing, too many or in the place of its neighbour. */
    static boolean areAlike(String one, String other) {
        int length = Math.max(one.length(), other.length());
        return length >= SHORTEST
                && distance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)) <= (length < LONG ? 1 : 2)
                && !withoutDigits(one).equals(withoutDigits(other));
    }

    /** Databases that are numbered are meant to be. */
    private static String withoutDigits(String name) {
        return name.matches(".*\\d.*") ? name.replaceAll("\\d+", "#") : name + "\0";
    }

    private static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(one, other, i, j, distances);
            }
        }
        return distances[one.length()][other.length()];
    }

    private static int least(String one, String other, int i, int j, int[][] known) {
        int changed = known[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(known[i - 1][j], known[i][j - 1]));
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwapped ? Math.min(least, known[i - 2][j - 2] + 1) : least;
    }
}
