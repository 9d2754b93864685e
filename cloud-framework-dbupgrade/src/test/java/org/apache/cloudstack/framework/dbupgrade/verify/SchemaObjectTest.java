package org.apache.cloudstack.framework.dbupgrade.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaObjectTest {

    @Test
    void thingsAreOrderedByTheirFullNamesAndThenByTheirKinds() {
        List<SchemaObject> objects = new ArrayList<>();
        for (String container :
                List.of("", "cloud", "cloud$", "cloud.a", "cloud.a$b", "cloud.ab", "cloud_usage", "d")) {
            for (String name : List.of("$", "a", "a$b", "ab", "b", "cloud", "cloud.a")) {
                objects.add(new SchemaObject(SchemaKind.COLUMN, container, name));
                objects.add(new SchemaObject(SchemaKind.INDEX, container, name));
            }
        }
        Collections.shuffle(objects, new Random(17));

        assertThat(objects.stream().sorted().map(object -> object.name() + object.kind()))
                .isEqualTo(objects.stream()
                        .sorted(Comparator.comparing(SchemaObject::name).thenComparing(SchemaObject::kind))
                        .map(object -> object.name() + object.kind())
                        .toList());
    }
}
