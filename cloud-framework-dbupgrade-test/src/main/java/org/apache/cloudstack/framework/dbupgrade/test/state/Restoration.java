package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Makes databases what they were. What is still the same is left; where a database is not there at all, everything is made.
 */
final class Restoration {

    private final ServerSession session;
    private final Definitions saved;
    private final Map<DefinedObject, RowCopy> rows;
    private final Definitions present;
    private final Set<DefinedObject> kept = new HashSet<>();

    Restoration(ServerSession session, Definitions saved, Map<DefinedObject, RowCopy> rows, Definitions present) {
        this.session = session;
        this.saved = saved;
        this.rows = rows;
        this.present = present;
    }

    void run() throws SQLException {
        restoreDatabases();
        present.objects().keySet().stream().filter(this::isSame).forEach(kept::add);
        keepRows();
        dropOthers();
        for (Map.Entry<DefinedObject, Definition> each : missing(ObjectKind.TABLE)) {
            createTable(each.getKey(), each.getValue());
            rowsOf(each.getKey()).insert(session);
        }
        for (ObjectKind kind : List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)) {
            createAll(missing(kind));
        }
        createViews();
        createAll(missing(ObjectKind.TRIGGER));
        createAll(missing(ObjectKind.EVENT));
    }

    private void restoreDatabases() throws SQLException {
        for (Map.Entry<String, String> database :
                List.copyOf(present.databases().entrySet())) {
            if (!database.getValue().equals(saved.databases().get(database.getKey()))) {
                session.run("DROP DATABASE " + Identifier.quote(database.getKey()));
                present.databases().remove(database.getKey());
                present.objects().keySet().removeIf(object -> object.schema().equals(database.getKey()));
            }
        }
        for (Map.Entry<String, String> database : saved.databases().entrySet()) {
            if (!present.databases().containsKey(database.getKey())) {
                session.run(database.getValue());
            }
        }
    }

    private boolean isSame(DefinedObject object) {
        Definition wanted = saved.objects().get(object);
        return wanted != null && present.hasLike(object, wanted);
    }

    /** A table with triggers cannot be filled without them taking part, so it is made again. */
    private void keepRows() throws SQLException {
        Set<DefinedObject> triggered = new HashSet<>();
        present.all(ObjectKind.TRIGGER).map(DefinedObject::tableOf).forEach(triggered::add);
        for (DefinedObject table : present.all(ObjectKind.TABLE).toList()) {
            if (!kept.contains(table)) {
                continue;
            }
            RowCopy copy = rowsOf(table);
            boolean isFilled = copy.isIn(session);
            if (!isFilled && triggered.contains(table)) {
                kept.remove(table);
                continue;
            }
            if (!isFilled) {
                copy.replace(session);
            }
            restoreNextId(table, !isFilled);
        }
        kept.removeIf(object -> object.is(ObjectKind.TRIGGER) && !kept.contains(object.tableOf()));
    }

    private void restoreNextId(DefinedObject table, boolean isFilledAnew) throws SQLException {
        Definition wanted = Objects.requireNonNull(saved.objects().get(table));
        boolean isOther = isFilledAnew
                || Objects.requireNonNull(present.objects().get(table)).nextId() != wanted.nextId();
        if (isOther && wanted.hasNextId()) {
            session.run(
                    "ALTER TABLE " + table.quoted() + " AUTO_INCREMENT = " + Long.toUnsignedString(wanted.nextId()));
        }
    }

    private void dropOthers() throws SQLException {
        List<DefinedObject> others = new ArrayList<>(present.objects().keySet());
        others.removeAll(kept);
        for (DefinedObject other : others) {
            // a trigger may have gone with its table
            session.run("DROP " + other.kind() + " IF EXISTS " + other.quoted());
        }
    }

    private List<Map.Entry<DefinedObject, Definition>> missing(ObjectKind kind) {
        return saved.objects().entrySet().stream()
                .filter(entry -> entry.getKey().is(kind) && !kept.contains(entry.getKey()))
                .toList();
    }

    private void createAll(List<Map.Entry<DefinedObject, Definition>> definitions) throws SQLException {
        for (Map.Entry<DefinedObject, Definition> each : definitions) {
            create(each.getKey(), each.getValue());
        }
    }

    /** A view may use others, so that those which cannot be created yet are tried again. */
    private void createViews() throws SQLException {
        List<Map.Entry<DefinedObject, Definition>> waiting = missing(ObjectKind.VIEW);
        while (!waiting.isEmpty()) {
            List<Map.Entry<DefinedObject, Definition>> failed = new ArrayList<>();
            SQLException failure = new SQLException();
            for (Map.Entry<DefinedObject, Definition> each : waiting) {
                try {
                    create(each.getKey(), each.getValue());
                } catch (SQLException e) {
                    session.begin();
                    failed.add(each);
                    failure = e;
                }
            }
            if (failed.size() == waiting.size()) {
                throw failure;
            }
            waiting = failed;
        }
    }

    private void createTable(DefinedObject table, Definition definition) throws SQLException {
        Optional<Definition> generated = definition.asGenerated();
        if (generated.isEmpty() || !isCreatedAs(table, generated.get(), definition)) {
            create(table, definition);
        }
    }

    /** False when the server gives other names, or the same in another order. */
    private boolean isCreatedAs(DefinedObject table, Definition generated, Definition wanted) throws SQLException {
        try {
            create(table, generated);
            if (Definitions.one(session, table, "").isLike(wanted)) {
                return true;
            }
        } catch (SQLException e) {
            session.begin();
        }
        session.run("DROP TABLE IF EXISTS " + table.quoted());
        return false;
    }

    private void create(DefinedObject object, Definition definition) throws SQLException {
        if (!object.is(ObjectKind.VIEW)) {
            session.run("USE " + Identifier.quote(object.schema()));
        }
        for (String setting : definition.session()) {
            session.run(setting);
        }
        session.run(definition.creation());
        session.begin();
    }

    private RowCopy rowsOf(DefinedObject table) {
        return Objects.requireNonNull(rows.get(table), () -> "No rows of " + table + " were kept");
    }
}
