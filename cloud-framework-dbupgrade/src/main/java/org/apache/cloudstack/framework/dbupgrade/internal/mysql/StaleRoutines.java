package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;

/** Finds routines and triggers that use tables and columns which are gone: no server checks a body before it runs. */
public final class StaleRoutines {

    private static final String ROUTINES = "SELECT routine_schema, routine_name, routine_type"
            + " FROM information_schema.routines WHERE routine_schema = ? ORDER BY 1, 2, 3";
    private static final String TRIGGERS = "SELECT trigger_schema, trigger_name, event_object_table, action_timing,"
            + " event_manipulation, action_statement FROM information_schema.triggers WHERE trigger_schema = ?"
            + " ORDER BY 1, 2";
    private static final int TEXT = 3;
    private static final String DEFINER = "(?is)^CREATE\\s+DEFINER\\s*=\\s*\\S+?\\s+(?=PROCEDURE|FUNCTION)";

    private final Connection connection;
    private final Map<String, String> gone;
    private final List<Stale> stale = new ArrayList<>();

    /**
     * A routine or trigger that uses something that is gone.
     *
     * @param name what it is, such as {@code procedure cloud.tidy}
     * @param object what is gone, such as {@code cloud.host.tags}
     */
    public record Stale(String name, String object) {}

    private StaleRoutines(Connection connection, Map<String, String> gone) {
        this.connection = connection;
        this.gone = gone;
    }

    /**
     * The routines and triggers of these databases that use something of what is gone.
     *
     * @param gone the full names of tables and columns, in lower case
     * @throws SQLException when the connection is lost
     */
    public static List<Stale> stale(Connection connection, List<String> schemas, Map<String, String> gone)
            throws SQLException {
        StaleRoutines bodies = new StaleRoutines(connection, gone);
        for (String schema : schemas) {
            bodies.readRoutines(schema);
            bodies.readTriggers(schema);
        }
        return List.copyOf(bodies.stale);
    }

    private void readRoutines(String schema) throws SQLException {
        List<String[]> routines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ROUTINES)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    routines.add(new String[] {found.getString(1), found.getString(2), found.getString(3)});
                }
            }
        }
        for (String[] routine : routines) {
            String name = routine[2].toLowerCase(Locale.ROOT) + " " + routine[0] + "." + routine[1];
            used(shown(routine[2], Identifier.quote(routine[0], routine[1])), schema)
                    .ifPresent(object -> stale.add(new Stale(name, object)));
        }
    }

    /** An empty text where the account may not see it. */
    private String shown(String type, String name) throws SQLException {
        try (Statement show = connection.createStatement();
                ResultSet found = show.executeQuery("SHOW CREATE " + type + " " + name)) {
            String text = found.next() ? found.getString(TEXT) : null;
            return text == null ? "" : text.replaceFirst(DEFINER, "CREATE ");
        } catch (SQLException e) {
            if (connection.isValid(1)) {
                return "";
            }
            throw e;
        }
    }

    private void readTriggers(String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TRIGGERS)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    String body = found.getString(6);
                    String create = "CREATE TRIGGER t " + found.getString(4) + " " + found.getString(5) + " ON "
                            + Identifier.quote(found.getString(1), found.getString(3)) + " FOR EACH ROW " + body;
                    String name = "trigger " + found.getString(1) + "." + found.getString(2);
                    ofRow(found.getString(1) + "." + found.getString(3), body)
                            .or(() -> used(create, schema))
                            .ifPresent(object -> stale.add(new Stale(name, object)));
                }
            }
        }
    }

    /** A column of the row that a trigger sees. */
    private Optional<String> ofRow(String table, String body) {
        String columns = table.toLowerCase(Locale.ROOT) + ".";
        return gone.keySet().stream()
                .filter(object -> object.startsWith(columns))
                .filter(object -> Pattern.compile("(?i)\\b(?:NEW|OLD)\\s*\\.\\s*`?"
                                + Pattern.quote(object.substring(columns.length())) + "(?![\\w$])")
                        .matcher(body)
                        .find())
                .sorted()
                .findFirst();
    }

    private Optional<String> used(String create, String schema) {
        if (create.isEmpty()) {
            return Optional.empty();
        }
        List<Analysis> analyses = new StatementAnalyzer()
                .analyze(List.of(new SqlStatement(1, 1, create)), schema.toLowerCase(Locale.ROOT));
        return analyses.stream()
                .flatMap(each -> each.whenCalled().stream())
                .flatMap(this::used)
                .sorted()
                .findFirst();
    }

    /** A column that could be one of several tables is not known to be the one that is gone. */
    private Stream<String> used(Footprint footprint) {
        List<SchemaObject> objects = Stream.concat(footprint.reads().stream(), footprint.writes().stream())
                .filter(object -> object.kind() == Kind.TABLE || object.kind() == Kind.COLUMN)
                .distinct()
                .toList();
        return objects.stream()
                .filter(object -> object.kind() == Kind.TABLE
                        || objects.stream()
                                .noneMatch(other -> other.kind() == Kind.COLUMN
                                        && other.name().equals(object.name())
                                        && !other.owner().equals(object.owner())))
                .map(object -> object.schema() + "." + object.owner()
                        + (object.kind() == Kind.COLUMN ? "." + object.name() : ""))
                .filter(gone::containsKey);
    }
}
