package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;

/**
 * What some databases were at a moment: tables with every octet of their rows, keys, views, routines, triggers and events,
 * and with them the records of the upgrade. To restore it takes a fraction of the time of an upgrade, and less the less is
 * different; whatever was done to the databases meanwhile is undone. It is kept on the server that the databases are on,
 * in a database named {@code dbupgrade_state_…}, and goes with {@link #close()} or with the server.
 *
 * <pre>{@code
 * database.upgrade("4.5.2");
 * try (SavedState state = SavedState.of(database.server(), database.schemas())) {
 *     database.upgrade("4.6.0");
 *     state.restore();
 *     database.upgrade("4.5.3");
 * }
 * }</pre>
 *
 * <p>Users, grants, global variables and other databases are no part of it. Instances are immutable; one thread at a time
 * restores databases of one server.
 */
public final class SavedState implements AutoCloseable {

    private static final String PREFIX = "dbupgrade_state_";

    private final DataSource dataSource;
    private final List<String> schemas;
    private final String copies;
    private final Definitions definitions;
    private final Map<DefinedObject, RowCopy> rows;

    private SavedState(
            DataSource dataSource,
            List<String> schemas,
            String copies,
            Definitions definitions,
            Map<DefinedObject, RowCopy> rows) {
        this.dataSource = dataSource;
        this.schemas = schemas;
        this.copies = copies;
        this.definitions = definitions;
        this.rows = rows;
    }

    /**
     * Keeps what the databases are now. Nothing may write to them meanwhile.
     *
     * @param schemas the names of the databases; one that does not exist will not exist after a restore
     * @throws IllegalStateException when they have something that could not be restored exactly, such as a view of a table
     *     that is gone, or the server does not let it be read
     */
    public static SavedState of(TestDatabase database, List<String> schemas) {
        String copies = PREFIX + UUID.randomUUID().toString().replace("-", "");
        try (ServerSession session = ServerSession.open(database.dataSource())) {
            Definitions definitions = Definitions.read(session, schemas);
            requireRestorable(session, definitions);
            return new SavedState(
                    database.dataSource(),
                    List.copyOf(schemas),
                    copies,
                    definitions,
                    copy(session, copies, definitions));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The state of " + String.join(", ", schemas) + " could not be kept: " + e.getMessage(), e);
        }
    }

    private static void requireRestorable(ServerSession session, Definitions definitions) throws SQLException {
        List<String> objections = new ArrayList<>();
        definitions.objects().forEach((object, definition) -> {
            if (!definition.canBeWritten()) {
                objections.add(
                        object + " (its text cannot be read, or was written in " + definition.characterSet() + ")");
            }
        });
        for (DefinedObject view : definitions.all(ObjectKind.VIEW).toList()) {
            try {
                session.rows("SELECT * FROM " + view.quoted() + " LIMIT 0");
            } catch (SQLException e) {
                objections.add(view + " (" + e.getMessage() + ")");
            }
        }
        if (!objections.isEmpty()) {
            throw new IllegalStateException(
                    "These could not be created again, so that no state is kept: " + String.join("; ", objections));
        }
    }

    private static Map<DefinedObject, RowCopy> copy(ServerSession session, String copies, Definitions definitions)
            throws SQLException {
        Map<DefinedObject, RowCopy> rows = new LinkedHashMap<>();
        session.run("CREATE DATABASE " + Identifier.quote(copies));
        try {
            GeneratedIndexes generated = new GeneratedIndexes(session, copies);
            for (DefinedObject table : definitions.all(ObjectKind.TABLE).toList()) {
                Definition definition =
                        Objects.requireNonNull(definitions.objects().get(table));
                definitions.objects().put(table, definition.generatedBy(generated.creation(table, definition)));
                rows.put(table, RowCopy.of(session, table, copies, rows.size()));
            }
            return Collections.unmodifiableMap(rows);
        } catch (SQLException e) {
            session.run("DROP DATABASE " + Identifier.quote(copies));
            throw e;
        }
    }

    /** The names of the databases. */
    public List<String> schemas() {
        return schemas;
    }

    /**
     * Makes the databases what they were. Waits up to 30 seconds for each table that another connection holds.
     *
     * @throws IllegalStateException when the server does not let it, or the kept rows were dropped; the databases are
     *     neither what they were nor what they are then
     */
    public void restore() {
        try (ServerSession session = ServerSession.open(dataSource)) {
            restoreDifferences(session);
            if (!differences(session).isEmpty()) {
                // what cannot be put back one by one, such as the order of triggers
                dropDatabases(session);
                restoreDifferences(session);
            }
            List<String> left = differences(session);
            if (!left.isEmpty()) {
                throw new IllegalStateException("These are not what they were: " + String.join(", ", left));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The state of " + String.join(", ", schemas) + " could not be restored: " + e.getMessage(), e);
        }
    }

    private void restoreDifferences(ServerSession session) throws SQLException {
        new Restoration(session, definitions, rows, Definitions.read(session, schemas)).run();
    }

    private List<String> differences(ServerSession session) throws SQLException {
        return Definitions.read(session, schemas).differencesFrom(definitions);
    }

    private void dropDatabases(ServerSession session) throws SQLException {
        for (String schema : schemas) {
            session.run("DROP DATABASE IF EXISTS " + Identifier.quote(schema));
        }
    }

    /** Removes what the server keeps for it; it cannot be restored any more. */
    @Override
    public void close() {
        try (ServerSession session = ServerSession.open(dataSource)) {
            session.run("DROP DATABASE IF EXISTS " + Identifier.quote(copies));
        } catch (SQLException e) {
            throw new IllegalStateException("The kept rows could not be dropped: " + e.getMessage(), e);
        }
    }
}
