package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Account;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Grants;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * What the account of a connection cannot see. The servers do not refuse such an account: they show it fewer triggers and
 * routines, and views without their text, which would look like a schema that differs.
 *
 * @param hidden the kinds of which not everything is shown
 * @param grants the statements that show them
 */
public record Visibility(Set<SchemaKind> hidden, List<String> grants) {

    private static final String SELECT = "SELECT";
    private static final String SHOW_VIEW = "SHOW VIEW";
    private static final String ROUTINES_WITHOUT_TEXT = """
            SELECT COUNT(*) AS routines
            FROM information_schema.routines
            WHERE routine_schema = ? AND routine_definition IS NULL""";

    public Visibility {
        hidden = Set.copyOf(hidden);
        grants = List.copyOf(grants);
    }

    /**
     * Asks the server.
     *
     * @throws SQLException when it does not answer
     */
    public static Visibility of(Connection connection, List<String> schemas) throws SQLException {
        Catalog catalog = new Catalog(connection);
        boolean mariaDb = catalog.isMariaDb();
        Grants held = Grants.read(connection);
        Account account = Account.of(connection);
        Set<SchemaKind> hidden = EnumSet.noneOf(SchemaKind.class);
        Set<String> grants = new LinkedHashSet<>();
        for (String schema : schemas) {
            Set<String> lacking = new TreeSet<>(held.notHeld(schema, Set.of(SELECT, SHOW_VIEW, "TRIGGER")));
            lacking.forEach(privilege -> hidden.addAll(hiddenWithout(privilege, mariaDb)));
            if (!lacking.isEmpty()) {
                grants.add(grant(String.join(", ", lacking), Identifier.quote(schema) + ".*", account));
            }
            if (!seesRoutines(catalog, held, mariaDb, schema)) {
                hidden.addAll(Set.of(SchemaKind.PROCEDURE, SchemaKind.FUNCTION));
                grants.add(mariaDb ? grant(SELECT, "mysql.proc", account) : grant("SHOW_ROUTINE", "*.*", account));
            }
        }
        return new Visibility(hidden, List.copyOf(grants));
    }

    private static Set<SchemaKind> hiddenWithout(String privilege, boolean mariaDb) {
        return switch (privilege) {
            case SELECT -> EnumSet.allOf(SchemaKind.class);
            // MariaDB shows foreign keys to those who may do more than read, and this is the least of it
            case SHOW_VIEW ->
                mariaDb ? EnumSet.of(SchemaKind.VIEW, SchemaKind.FOREIGN_KEY) : EnumSet.of(SchemaKind.VIEW);
            default -> EnumSet.of(SchemaKind.TRIGGER);
        };
    }

    private static boolean seesRoutines(Catalog catalog, Grants held, boolean mariaDb, String schema)
            throws SQLException {
        if (mariaDb ? mayRead(catalog, "mysql.proc") : held.isHeldEverywhere("SHOW_ROUTINE", SELECT)) {
            return true;
        }
        return held.notHeld(schema, Set.of("EXECUTE")).isEmpty()
                && catalog.rows(ROUTINES_WITHOUT_TEXT, schema).get(0).is("routines", "0");
    }

    private static boolean mayRead(Catalog catalog, String table) {
        try {
            catalog.rows("SELECT 1 FROM " + table + " LIMIT 0");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static String grant(String privileges, String on, Account account) {
        return "GRANT " + privileges + " ON " + on + " TO " + account;
    }

    /** Whether the account sees all. */
    public boolean isWhole() {
        return hidden.isEmpty();
    }

    /** Whether a difference is one of the schema, and not of what the account sees. */
    public boolean isCertain(SchemaDifference difference) {
        boolean isIndexOfForeignKey = difference.kind() == SchemaKind.INDEX
                && difference.expected().equals(SchemaDifference.NONE)
                && hidden.contains(SchemaKind.FOREIGN_KEY);
        return !hidden.contains(difference.kind()) && !isIndexOfForeignKey;
    }

    /** Whether not even all tables are shown. */
    public boolean hidesTables() {
        return hidden.contains(SchemaKind.TABLE);
    }

    /** What it does not see, in words. */
    public String hiddenKinds() {
        return hidesTables()
                ? "tables"
                : hidden.stream().sorted().map(kind -> kind + "s").collect(Collectors.joining(", "));
    }
}
