package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * A picture of the schemas, to look things up in.
 *
 * @param snapshot the picture
 * @param schemas the names of the databases; names without one are searched for in the first
 */
record SeenSchema(SchemaSnapshot snapshot, List<String> schemas) {

    /** The full name of a table or view: {@code cloud.vpc} for {@code vpc}. */
    String fullName(String name) {
        return name.contains(".") ? name : schemas.get(0) + "." + name;
    }

    /** The full names of all things of a kind. */
    List<String> names(SchemaKind kind) {
        return snapshot.objects().keySet().stream()
                .filter(object -> object.kind() == kind)
                .map(object -> object.name())
                .toList();
    }

    /** What is known under a full name. */
    Optional<String> definition(SchemaKind kind, String fullName) {
        return snapshot.objects().entrySet().stream()
                .filter(entry ->
                        entry.getKey().kind() == kind && entry.getKey().name().equals(fullName))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The things of a kind in a table, by name; columns in the order of the table. */
    Map<String, String> partsOf(String table, SchemaKind kind) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (kind == SchemaKind.COLUMN) {
            snapshot.columnOrders().getOrDefault(table, List.of()).forEach(name -> parts.put(name, ""));
        }
        snapshot.objects().forEach((object, definition) -> {
            if (object.kind() == kind && object.container().equals(table)) {
                parts.put(object.simpleName(), definition);
            }
        });
        return parts;
    }
}
