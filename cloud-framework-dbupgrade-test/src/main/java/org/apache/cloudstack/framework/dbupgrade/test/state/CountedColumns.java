package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/** The columns of a schema whose values the server counts up, and those that refer to them. */
record CountedColumns(SchemaSnapshot schema) {

    private static final String COUNTED = " auto_increment";
    private static final Pattern REFERENCE =
            Pattern.compile("\\((?<from>.+)\\) REFERENCES (?<table>.+) \\((?<to>.+)\\) ON DELETE .*");

    /** Their full names. */
    Set<String> names() {
        Set<String> counted = new TreeSet<>();
        schema.objects().forEach((object, definition) -> {
            if (object.kind() == SchemaKind.COLUMN && definition.endsWith(COUNTED)) {
                counted.add(object.name());
            }
        });
        Set<String> names = new TreeSet<>(counted);
        schema.objects().forEach((object, definition) -> {
            if (object.kind() == SchemaKind.FOREIGN_KEY) {
                names.addAll(referring(object, definition, counted));
            }
        });
        return names;
    }

    private static Set<String> referring(SchemaObject key, String definition, Set<String> counted) {
        Set<String> names = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(definition);
        if (reference.matches()) {
            List<String> from = List.of(reference.group("from").split(", "));
            List<String> to = List.of(reference.group("to").split(", "));
            for (int i = 0; i < from.size(); i++) {
                if (counted.contains(reference.group("table") + "." + to.get(i))) {
                    names.add(key.container() + "." + from.get(i));
                }
            }
        }
        return names;
    }
}
