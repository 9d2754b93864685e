package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.SharedClasses;

/** A database, a directory of migrations, and the tool set up for both by its environment. */
final class ToolBench implements AutoCloseable {

    private final Path folder;
    private final MigrationFolder migrations;
    private final TestDatabase database;

    /** The databases are closed by anyone who gave them. */
    ToolBench(Path folder, MigratedDatabase empty) {
        this(folder, empty.server());
    }

    /** Empty databases on a server that a test names itself; it closes them. */
    ToolBench(Path folder, DatabaseServer server) {
        this(folder, TestDatabase.fresh(server));
    }

    private ToolBench(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
        this.migrations = new MigrationFolder(folder.resolve("migrations"))
                .with("V_400_A__install.sql", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);")
                .with("V_410_A__more.sql", "ALTER TABLE a ADD COLUMN b INT;\nINSERT INTO a VALUES (2, 2);");
        if (ToolProcess.isPacked() && !ToolProcess.classes().arePacked()) {
            packClasses(ToolProcess.classes());
        }
    }

    /** The tests start dozens of tools, and an upgrade loads most of what any command does. */
    private void packClasses(SharedClasses classes) {
        SharedClasses.Listing listing = classes.listing();
        tool().run(listing.options(), onMigrations("upgrade"));
        listing.ended();
        classes.pack();
        TestDatabase.fresh(database.server());
    }

    ToolBench with(String file, String text) {
        migrations.with(file, text);
        return this;
    }

    Path migrations() {
        return migrations.path();
    }

    Path folder() {
        return folder;
    }

    TestDatabase database() {
        return database;
    }

    /** The tool as users start it, in its own process. */
    ToolProcess tool() {
        return new ToolProcess(folder, environment());
    }

    private Map<String, String> environment() {
        DatabaseServer server = database.server();
        return Map.of(
                "DBUPGRADE_URL",
                database.jdbcUrl(),
                "DBUPGRADE_USER",
                server.user(),
                "DBUPGRADE_PASSWORD",
                server.password());
    }

    /**
     * Runs a command on the directory's migrations, in the process of the tests: that of the tool starts much longer. So files
     * that it writes have full names; those of {@link #start} may be named from the directory.
     */
    ToolProcess.Ending run(String... command) {
        return run(Map.of(), command);
    }

    /** The same with further variables of the environment. */
    ToolProcess.Ending run(Map<String, String> variables, String... command) {
        return runAsGiven(variables, onMigrations(command));
    }

    /** The same on migrations that the command names itself. */
    ToolProcess.Ending runAsGiven(Map<String, String> variables, String... command) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(variables);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = DatabaseUpgradeTool.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command);
        return new ToolProcess.Ending(status, out.toString(), err.toString());
    }

    /** Starts a command on the directory's migrations. */
    ToolProcess.Running start(String... command) {
        return tool().start(onMigrations(command));
    }

    /** The command with the options that name the migrations and databases. */
    String[] onMigrations(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--locations", migrations.location()));
        if (Stream.of("--schemas", "--config", "--url").noneMatch(words::contains)) {
            words.addAll(List.of("--schemas", "cloud,cloud_usage"));
        }
        return words.toArray(String[]::new);
    }

    @Override
    public void close() {
        database.close();
    }
}
