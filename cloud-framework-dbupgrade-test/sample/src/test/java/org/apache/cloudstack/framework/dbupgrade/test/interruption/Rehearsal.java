package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;

/** Databases at release 4.0.0 with a table {@code a}, and migrations of 4.1.0 to be interrupted. */
final class Rehearsal {

    private final MigrationFolder folder;
    private final Map<String, JavaMigration> javaMigrations = new LinkedHashMap<>();
    private final MigratedDatabase database;

    Rehearsal(Path path, MigratedDatabase empty) {
        folder = new MigrationFolder(path);
        database = new MigratedDatabase(
                empty.server(),
                empty.settings().withLocations(folder.location()),
                builder -> builder.javaMigrations(javaMigrations));
        with("V_400_A.sql", "CREATE TABLE a (id INT, name VARCHAR(20));");
        database.upgrade();
    }

    Rehearsal with(String file, String content) {
        folder.with(file, content);
        return this;
    }

    /** The class of that name does this. */
    Rehearsal with(String name, JavaMigration migration) {
        javaMigrations.put(name, new Named(migration));
        return this;
    }

    /** The instance itself stands for the class, as where its type matters. */
    Rehearsal withItself(String name, JavaMigration migration) {
        javaMigrations.put(name, migration);
        return this;
    }

    @MigrationOptions(revision = "1")
    private record Named(JavaMigration content) implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) throws Exception {
            content.migrate(context);
        }
    }

    MigratedDatabase database() {
        return database;
    }

    InterruptionReport everywhere() {
        return Interruptions.everywhere().of(database).verify();
    }

    /** By the end of the process only. */
    InterruptionReport killedEverywhere() {
        return Interruptions.everywhere()
                .only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT)
                .of(database)
                .verify();
    }

    /** The findings of the only fault. */
    List<String> onlyFault() {
        List<Fault> faults = everywhere().faults();
        if (faults.size() != 1) {
            throw new AssertionError("One fault was expected, found " + faults);
        }
        return faults.get(0).findings();
    }
}
