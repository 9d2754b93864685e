package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.ContentsReader;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Walks ways on the databases of one server, and remembers where they end. States that several ways go through are kept
 * while ways with their beginning are walked.
 */
final class Journey implements AutoCloseable {

    private final MigratedDatabase database;
    private final Set<UpgradePath> ways;
    private final Selection selection;
    private final Map<UpgradePath, Ending> endings = new HashMap<>();
    private final Map<UpgradePath, SavedState> states = new HashMap<>();
    private Optional<UpgradePath> standing = Optional.empty();

    Journey(MigratedDatabase database, Set<UpgradePath> ways, Selection selection) {
        this.database = database;
        this.ways = ways;
        this.selection = selection;
    }

    MigratedDatabase database() {
        return database;
    }

    /** Forgets the states of other beginnings than that of this way, which is walked next. */
    void begin(UpgradePath way) {
        List<UpgradePath> past = states.keySet().stream()
                .filter(each -> !each.first().equals(way.first()))
                .toList();
        past.forEach(each -> Optional.ofNullable(states.remove(each)).ifPresent(SavedState::close));
    }

    /** Where the way ends; the databases are left somewhere. */
    Ending ending(UpgradePath way) {
        Ending known = endings.get(way);
        if (known == null) {
            known = go(way).<Ending>map(stopped -> stopped).orElseGet(this::look);
            endings.put(way, known);
        }
        return known;
    }

    /** Brings the databases to the end of the way, unless it does not get there. */
    Optional<Ending.Stopped> go(UpgradePath way) {
        if (standing.equals(Optional.of(way))) {
            return Optional.empty();
        }
        SavedState state = states.get(way);
        if (state != null) {
            state.restore();
            standing = Optional.of(way);
            return Optional.empty();
        }
        return walk(way);
    }

    /** Takes note that somebody else worked with the databases. */
    void leave() {
        standing = Optional.empty();
    }

    /** The upgrade of the last step of a way. */
    DatabaseUpgrade lastStep(UpgradePath way) {
        return upgradeTo(way.last());
    }

    /** Writes the snapshot of a fresh install, and shows whether that was asked for. */
    boolean declares(UpgradePath way) {
        selection.snapshots().ifPresent(folder -> {
            go(way);
            SnapshotFile made = lastStep(way).snapshot();
            try {
                Path file = folder.resolve(made.path());
                Files.createDirectories(file.getParent());
                Files.writeString(file, made.text());
            } catch (IOException e) {
                throw new UncheckedIOException("The snapshot " + made.path() + " could not be written", e);
            }
        });
        return selection.snapshots().isPresent();
    }

    SchemaSnapshot schema() {
        return database.schema();
    }

    private Optional<Ending.Stopped> walk(UpgradePath way) {
        if (endings.get(way) instanceof Ending.Stopped stopped) {
            return Optional.of(stopped);
        }
        if (way.isFresh()) {
            clear();
        } else {
            Optional<Ending.Stopped> stopped = go(way.before());
            if (stopped.isPresent()) {
                return stopped;
            }
        }
        leave();
        try {
            if (way.withData() && way.releases().size() == 1) {
                fill();
            } else {
                upgradeTo(way.last()).upgrade();
            }
        } catch (DatabaseUpgradeException e) {
            Ending.Stopped stopped = new Ending.Stopped(way, String.valueOf(e.getMessage()));
            endings.put(way, stopped);
            return Optional.of(stopped);
        }
        standing = Optional.of(way);
        keep(way);
        return Optional.empty();
    }

    private void keep(UpgradePath way) {
        long next = ways.stream()
                .filter(each -> !each.equals(way) && (each.beginsWith(way) || isFilledFrom(way, each)))
                .count();
        if (next > 1) {
            try {
                states.put(way, SavedState.of(database.server(), database.schemas()));
            } catch (IllegalStateException e) {
                // such as a broken view, which will be reported: then the beginning is walked again each time
                states.remove(way);
            }
        }
    }

    private static boolean isFilledFrom(UpgradePath fresh, UpgradePath way) {
        return fresh.isFresh() && way.withData() && way.first().equals(fresh.first());
    }

    private Ending look() {
        SchemaSnapshot schema = database.schema();
        try (Connection connection = database.dataSource().getConnection()) {
            Set<String> ignoring = new HashSet<>(selection.ignoring());
            ignoring.add(database.schemas().get(0) + "." + VersionTable.NAME);
            return new Ending.Arrived(
                    schema,
                    new Contents(
                            new ContentsReader(schema, ignoring).withoutTimes().rows(connection)),
                    database.toNewest().verify(),
                    brokenViews(connection, schema));
        } catch (SQLException e) {
            throw new IllegalStateException("The rows could not be read: " + e.getMessage(), e);
        }
    }

    private static List<String> brokenViews(Connection connection, SchemaSnapshot schema) throws SQLException {
        List<String> broken = new ArrayList<>();
        for (SchemaObject object : schema.objects().keySet()) {
            if (object.kind() == SchemaKind.VIEW) {
                String view = Identifier.quote(object.container(), object.simpleName());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT * FROM " + view + " LIMIT 1");
                } catch (SQLException e) {
                    broken.add("The view " + object.name() + " is broken: " + e.getMessage());
                }
            }
        }
        return broken;
    }

    private void clear() {
        leave();
        database.schemas().forEach(schema -> database.run("DROP DATABASE IF EXISTS " + Identifier.quote(schema)));
    }

    private void fill() {
        String location = selection.data().replaceFirst("^filesystem:", "file:");
        Resource script = new DefaultResourceLoader().getResource(location);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setCatalog(database.schemas().get(0));
            ScriptUtils.executeSqlScript(connection, script);
        } catch (SQLException e) {
            throw new IllegalStateException("The data " + selection.data() + " could not be put in", e);
        }
    }

    private DatabaseUpgrade upgradeTo(ReleaseVersion release) {
        return release.isNext() ? database.toNewest() : database.to(release.toString());
    }

    @Override
    public void close() {
        states.values().forEach(SavedState::close);
        database.close();
    }
}
