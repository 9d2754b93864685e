package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.CopiedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ProgramText;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.CreateRoutine;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.CreateView;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;

/**
 * How a view or stored program differs from what a statement makes of it; its definer aside. Of a stored program the server keeps the
 * text of parameters and body; a view is made a second time under another name.
 */
record MadeObjects(Connection connection) {

    private static final String SCRATCH = "dbupgrade_compared_view";
    private static final Optional<String> UNKNOWN = Optional.of("");

    Optional<String> difference(CreateRoutine create, String statement) {
        try {
            Optional<ProgramText> made = ProgramText.of(statement);
            if (made.isEmpty()) {
                return UNKNOWN;
            }
            boolean isSame =
                    switch (create.kind()) {
                        case PROCEDURE, FUNCTION -> isRoutine(create, made.get());
                        case TRIGGER -> isTrigger(create.name(), made.get());
                        case EVENT -> isEvent(create.name(), made.get());
                    };
            return isSame
                    ? Optional.empty()
                    : shownText(create.kind().name(), create.name(), create.kind() == RoutineKind.EVENT ? 4 : 3)
                            .map(found -> Differences.ofTexts(create.name(), found, statement))
                            .or(() -> UNKNOWN);
        } catch (SQLException e) {
            return UNKNOWN;
        }
    }

    Optional<String> difference(CreateView create, String statement) {
        ObjectName scratch = new ObjectName(create.name().schema(), SCRATCH);
        Optional<String> copied = CopiedStatement.view(statement, quoted(scratch));
        if (copied.isEmpty()) {
            return UNKNOWN;
        }
        try {
            run("DROP VIEW IF EXISTS " + quoted(scratch));
            try {
                run(copied.get());
                List<String> found = view(create.name());
                List<String> made = view(scratch);
                return found.equals(made)
                        ? Optional.empty()
                        : Optional.of(
                                Differences.ofTexts(create.name(), String.join(", ", found), String.join(", ", made)));
            } finally {
                run("DROP VIEW IF EXISTS " + quoted(scratch));
            }
        } catch (SQLException e) {
            return UNKNOWN;
        }
    }

    private List<String> view(ObjectName name) throws SQLException {
        return row(
                "SELECT view_definition, check_option, security_type FROM information_schema.views"
                        + " WHERE table_schema = ? AND table_name = ?",
                name.schema(),
                name.name());
    }

    private boolean isRoutine(CreateRoutine create, ProgramText made) throws SQLException {
        List<String> facts = row(
                "SELECT routine_definition, is_deterministic, security_type, sql_data_access, routine_comment"
                        + " FROM information_schema.routines"
                        + " WHERE routine_schema = ? AND routine_name = ? AND routine_type = ?",
                create.name().schema(),
                create.name().name(),
                create.kind().name());
        Optional<ProgramText> present = shown(create, 3);
        Optional<String> head = facts.isEmpty() ? Optional.empty() : made.head(facts.get(0));
        return head.isPresent()
                && present.isPresent()
                && present.get().parameters().equals(made.parameters())
                && facts.subList(1, facts.size()).equals(characteristics(head.get()));
    }

    /** As {@code information_schema} reports them. */
    private static List<String> characteristics(String head) {
        String words = " " + head + " ";
        boolean isDeterministic = words.replace(" NOT DETERMINISTIC ", " ").contains(" DETERMINISTIC ");
        String access = "CONTAINS SQL";
        for (String other : List.of("NO SQL", "READS SQL DATA", "MODIFIES SQL DATA")) {
            access = words.contains(" " + other + " ") ? other : access;
        }
        int comment = words.indexOf(" COMMENT '");
        return List.of(
                isDeterministic ? "YES" : "NO",
                words.contains(" SQL SECURITY INVOKER ") ? "INVOKER" : "DEFINER",
                access,
                comment < 0 ? "" : text(words.substring(comment + " COMMENT ".length())));
    }

    private static String text(String literal) {
        int end = literal.indexOf("' ", 1);
        return end < 0 ? literal : literal.substring(1, end).replace("''", "'");
    }

    private boolean isTrigger(ObjectName name, ProgramText made) throws SQLException {
        Optional<ProgramText> present = shown("TRIGGER", name, 3);
        return present.isPresent() && present.get().whole().equals(made.whole());
    }

    private boolean isEvent(ObjectName name, ProgramText made) throws SQLException {
        List<String> facts = row(
                "SELECT event_definition, COALESCE(interval_value, ''), COALESCE(interval_field, ''), on_completion, status"
                        + " FROM information_schema.events WHERE event_schema = ? AND event_name = ?",
                name.schema(),
                name.name());
        Optional<String> head = facts.isEmpty() ? Optional.empty() : made.head(facts.get(0));
        if (head.isEmpty()) {
            return false;
        }
        String words = " " + head.get() + " ";
        boolean isKept = words.replace(" NOT PRESERVE ", " ").contains(" PRESERVE ");
        boolean isOff = words.contains(" DISABLE ");
        return words.contains(facts.get(2).isEmpty() ? " AT " : " " + facts.get(2) + " ")
                && words.contains(facts.get(1))
                && isKept == facts.get(3).equals("PRESERVE")
                && isOff == !facts.get(4).equals("ENABLED");
    }

    private Optional<ProgramText> shown(CreateRoutine create, int column) throws SQLException {
        return shown(create.kind().name(), create.name(), column);
    }

    private Optional<ProgramText> shown(String kind, ObjectName name, int column) throws SQLException {
        return shownText(kind, name, column).flatMap(ProgramText::of);
    }

    private Optional<String> shownText(String kind, ObjectName name, int column) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SHOW CREATE " + kind + " " + quoted(name))) {
            return Optional.ofNullable(row.next() ? row.getString(column) : null);
        }
    }

    private List<String> row(String query, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<String> row = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                int columns = found.next() ? found.getMetaData().getColumnCount() : 0;
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
            }
            return row;
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }

    private static String quoted(ObjectName name) {
        return Identifier.quote(name.schema(), name.name());
    }
}
