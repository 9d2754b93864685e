package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;

/** A database, a folder of migrations, and the tool set up for both by its environment. */
final class ToolBench implements AutoCloseable {

    private final Path folder;
    private final TestDatabase database;

    ToolBench(Path folder) {
        this(folder, TestServers.shared());
    }

    ToolBench(Path folder, DatabaseServer server) {
        this.folder = folder;
        this.database = TestDatabase.fresh(server);
        with("V_400_A__install.sql", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);")
                .with("V_410_A__more.sql", "ALTER TABLE a ADD COLUMN b INT;\nINSERT INTO a VALUES (2, 2);");
        if (ToolProcess.isPacked()) {
            ToolArchive.of(ToolProcess.jar()).make(tool(), onMigrations("plan"));
        }
    }

    ToolBench with(String file, String text) {
        try {
            Files.writeString(Files.createDirectories(migrations()).resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path migrations() {
        return folder.resolve("migrations");
    }

    Path folder() {
        return folder;
    }

    TestDatabase database() {
        return database;
    }

    ToolProcess tool() {
        DatabaseServer server = database.server();
        return new ToolProcess(
                folder,
                Map.of(
                        "DBUPGRADE_URL",
                        database.jdbcUrl(),
                        "DBUPGRADE_USER",
                        server.user(),
                        "DBUPGRADE_PASSWORD",
                        server.password()));
    }

    /** Runs a command on the folder's migrations. */
    ToolProcess.Ending run(String... command) {
        return tool().run(onMigrations(command));
    }

    /** Starts a command on the folder's migrations. */
    ToolProcess.Running start(String... command) {
        return tool().start(onMigrations(command));
    }

    private String[] onMigrations(String... command) {
        return Stream.concat(Stream.of(command), Stream.of("--locations", "filesystem:" + migrations()))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        database.close();
    }
}
