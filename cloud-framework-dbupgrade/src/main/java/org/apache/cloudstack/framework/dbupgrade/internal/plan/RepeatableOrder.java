package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;

/**
 * Repeatables in an order in which each finds what it reads, whatever their names: views after the views, tables and functions
 * that they use. Where nothing else decides, the name does. Of those that need each other in a circle, the one that comes first
 * by name runs after what it needs.
 */
final class RepeatableOrder {

    private final RepeatableReading reading;
    private final Map<SchemaObject, NavigableMap<String, RepeatableMigration>> makers = new HashMap<>();
    private final Set<RepeatableMigration> visited = new LinkedHashSet<>();
    private final List<RepeatableMigration> ordered = new ArrayList<>();

    private RepeatableOrder(RepeatableReading reading) {
        this.reading = reading;
    }

    static List<RepeatableMigration> of(Collection<RepeatableMigration> repeatables, RepeatableReading reading) {
        if (repeatables.size() < 2) {
            return List.copyOf(repeatables);
        }
        RepeatableOrder order = new RepeatableOrder(reading);
        List<RepeatableMigration> byName = repeatables.stream()
                .sorted(Comparator.comparing(RepeatableMigration::name))
                .toList();
        byName.forEach(order::addMaker);
        byName.forEach(order::visit);
        return List.copyOf(order.ordered);
    }

    private void addMaker(RepeatableMigration repeatable) {
        reading.made(repeatable).forEach(object -> makers.computeIfAbsent(object, any -> new TreeMap<>())
                .put(repeatable.name(), repeatable));
    }

    private void visit(RepeatableMigration repeatable) {
        if (!visited.add(repeatable)) {
            return;
        }
        NavigableMap<String, RepeatableMigration> before = new TreeMap<>();
        reading.needed(repeatable).forEach(object -> before.putAll(makers.getOrDefault(object, new TreeMap<>())));
        before.values().forEach(this::visit);
        ordered.add(repeatable);
    }
}
