package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;

/** Lets contenders take turns, each time in a fresh process, so that a slow moment of the machine meets all of them. */
final class Contest {

    private final DatabaseServer server;
    private final Path folder;
    private final FreshProcess process;

    /**
     * A contest on a server.
     *
     * @param folder where it may write
     * @param options of every contender's JVM
     */
    Contest(DatabaseServer server, Path folder, List<String> options) {
        this.server = server;
        this.folder = folder;
        this.process = new FreshProcess(server, folder.resolve("output.log"), options);
    }

    /**
     * Applies migrations to fresh databases, then starts again on them with nothing to do.
     *
     * @param applies in how many turns everything is applied
     * @param starts in how many turns each is started again; see {@link Entrant#order}
     */
    void run(List<Entrant> entrants, int migrations, int applies, int starts, Figures figures)
            throws IOException, InterruptedException {
        Map<Entrant, Path> jars = new LinkedHashMap<>();
        for (Entrant entrant : entrants) {
            jars.put(entrant, MigrationsJar.build(folder, entrant.layout(), migrations));
        }
        String[] databases = entrants.stream().map(Entrant::database).toArray(String[]::new);
        try (TestDatabase all = TestDatabase.fresh(server, databases)) {
            for (int turn = 0; turn < applies; turn++) {
                for (Entrant entrant : Entrant.order(entrants, turn)) {
                    Duration time = apply(all, entrant, Objects.requireNonNull(jars.get(entrant)), migrations);
                    if (entrant.applies()) {
                        figures.add(entrant, Measure.APPLY, migrations, time);
                    }
                }
            }
            for (int turn = 0; turn < starts; turn++) {
                for (Entrant entrant : Entrant.order(entrants, turn)) {
                    Duration time = process.run(entrant, Measure.START, Objects.requireNonNull(jars.get(entrant)));
                    figures.add(entrant, Measure.START, migrations, time);
                }
            }
        }
    }

    private Duration apply(TestDatabase all, Entrant entrant, Path jar, int migrations)
            throws IOException, InterruptedException {
        String database = entrant.database();
        all.run("DROP DATABASE IF EXISTS " + database);
        all.run("CREATE DATABASE " + database);
        Duration time = process.run(entrant, Measure.APPLY, jar);
        int tables = all.rows("SHOW TABLES IN " + database + " LIKE 'tiny%'").size();
        // anyone who leaves work undone would be quick
        if (entrant.applies() && tables != Layout.tables(migrations)) {
            throw new IllegalStateException(
                    entrant.name() + " made " + tables + " tables of " + migrations + " migrations");
        }
        return time;
    }
}
