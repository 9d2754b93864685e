package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;

/**
 * What code that is not SQL says it touches: {@code table} or {@code table.column} of the current database, {@code
 * schema.table.column} of another one, with {@code *} for all columns.
 */
public final class DeclaredFootprint {

    private static final Pattern NAME = Pattern.compile("[\\w$]+(\\.([\\w$]+|\\*)){0,2}");

    private DeclaredFootprint() {}

    /** Whether a text names something. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * The footprint of the names. Whatever is written is read too; who writes a table may add and remove rows, who writes
     * a column does not.
     */
    public static Footprint of(Collection<String> reads, Collection<String> writes, String currentSchema) {
        Set<SchemaObject> read = new LinkedHashSet<>();
        Set<SchemaObject> written = new LinkedHashSet<>();
        for (String name : reads) {
            addRead(Place.of(name, currentSchema), read);
        }
        for (String name : writes) {
            Place place = Place.of(name, currentSchema);
            addRead(place, read);
            written.add(place.object(Kind.CELLS));
            if (place.column().equals(SchemaObject.ALL)) {
                written.add(new SchemaObject(Kind.ROWS, place.schema(), place.table(), ""));
            }
        }
        return new Footprint(read, written, Map.of());
    }

    private static void addRead(Place place, Set<SchemaObject> read) {
        read.add(new SchemaObject(Kind.DATABASE, place.schema(), "", ""));
        read.add(new SchemaObject(Kind.TABLE, place.schema(), place.table(), ""));
        read.add(new SchemaObject(Kind.ROWS, place.schema(), place.table(), ""));
        read.add(place.object(Kind.COLUMN));
        read.add(place.object(Kind.CELLS));
    }

    private record Place(String schema, String table, String column) {

        static Place of(String name, String currentSchema) {
            String[] parts = name.split("\\.");
            return switch (parts.length) {
                case 1 -> new Place(currentSchema, parts[0], SchemaObject.ALL);
                case 2 -> new Place(currentSchema, parts[0], parts[1]);
                default -> new Place(parts[0], parts[1], parts[2]);
            };
        }

        SchemaObject object(Kind kind) {
            return new SchemaObject(kind, schema, table, column);
        }
    }
}
