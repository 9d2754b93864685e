package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.ALL;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * What a statement needs locks on.
 *
 * @param definition whether nobody else may use the objects meanwhile; otherwise it only reads or changes rows
 * @param objects tables, views and stored programs, in lower case; {@code *} is all of a database
 */
public record LockNeeds(boolean definition, Set<ObjectName> objects) {

    public LockNeeds {
        objects = objects.stream()
                .map(object -> new ObjectName(lower(object.schema()), lower(object.name())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The needs of the last of the statements. Where it does not show what it touches, they are all of the databases.
     *
     * @param statements a script up to the statement in question; those before it say which database is current. Without any,
     *     the needs are those of changing rows somewhere
     * @param schemas the databases of the upgrade; the first is current when the script starts
     */
    public static LockNeeds of(List<SqlStatement> statements, List<String> schemas) {
        if (statements.isEmpty()) {
            return new LockNeeds(false, ofAll(schemas).objects());
        }
        List<Analysis> analyses = new StatementAnalyzer().analyze(statements, schemas.get(0));
        Analysis last = analyses.get(analyses.size() - 1);
        Set<ObjectName> objects = objects(last.footprint());
        return last.unknown().isPresent() || objects.isEmpty()
                ? ofAll(schemas)
                : new LockNeeds(last.changesDefinitions(), objects);
    }

    /** The needs of something of which nothing is known. */
    public static LockNeeds ofAll(List<String> schemas) {
        return new LockNeeds(
                true,
                schemas.stream().map(schema -> new ObjectName(schema, ALL)).collect(Collectors.toSet()));
    }

    /** The same needs on further objects too. */
    public LockNeeds and(Collection<ObjectName> others) {
        Set<ObjectName> all = new HashSet<>(objects);
        all.addAll(others);
        return new LockNeeds(definition, all);
    }

    /** Whether the object, in any case, is among them. */
    public boolean covers(ObjectName object) {
        return objects.contains(new ObjectName(lower(object.schema()), lower(object.name())))
                || objects.contains(new ObjectName(lower(object.schema()), ALL));
    }

    /** Whether any object of the database is among them. */
    public boolean touches(String schema) {
        return objects.stream().anyMatch(object -> object.schema().equals(lower(schema)));
    }

    private static Set<ObjectName> objects(Footprint footprint) {
        Stream<SchemaObject> databases =
                footprint.writes().stream().filter(object -> object.kind() == SchemaObject.Kind.DATABASE);
        Stream<SchemaObject> inDatabases = Stream.concat(footprint.reads().stream(), footprint.writes().stream())
                .filter(object -> object.kind() != SchemaObject.Kind.DATABASE);
        return Stream.concat(
                        databases.map(database -> new ObjectName(database.schema(), ALL)),
                        inDatabases.flatMap(LockNeeds::object))
                .collect(Collectors.toSet());
    }

    private static Stream<ObjectName> object(SchemaObject object) {
        return switch (object.kind()) {
            case PROCEDURE, FUNCTION, TRIGGER, EVENT -> Stream.of(new ObjectName(object.schema(), object.name()));
            case DEFINITIONS, SERVER_SETTING, CONSTRAINT -> Stream.of();
            // without a table of its own it may be about any
            default -> Stream.of(new ObjectName(object.schema(), object.owner().isEmpty() ? ALL : object.owner()));
        };
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
