package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.List;

/**
 * What a statement of a dump does.
 *
 * @param kind such as {@code CREATE TABLE}
 * @param names of the objects it is of, each with its database
 */
record Effect(String kind, List<String> names) {

    static final Effect NONE = new Effect("", List.of());

    Effect {
        names = List.copyOf(names);
    }

    static Effect of(String kind, String... names) {
        return new Effect(kind, List.of(names));
    }
}
