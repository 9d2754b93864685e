package org.apache.cloudstack.framework.dbupgrade.upgrade;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;

/** A change that a test states. */
record Stated(Consumer<Schema> content) implements SchemaMigration {

    @Override
    public void change(Schema schema) {
        content.accept(schema);
    }

    /** The upgrade of a workbench by its scripts and this one migration. */
    static DatabaseUpgrade upgrade(Workbench bench, String name, Consumer<Schema> change) {
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of(name, new Stated(change)))
                .build();
    }
}
