package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/** Follows one upgrade, and gives each of its moments a name that is the same in the next upgrade. */
final class RecordedRun implements UpgradeListener {

    private final List<Moment> moments = new ArrayList<>();
    private final Map<Moment.Point, Integer> counts = new EnumMap<>(Moment.Point.class);
    private final Map<String, String> places = new HashMap<>();
    private Optional<Migration> migration = Optional.empty();
    private List<SqlStatement> statements = List.of();
    private Set<String> texts = Set.of();
    private int done;

    /** All moments so far, in their order. */
    List<Moment> moments() {
        return List.copyOf(moments);
    }

    /** Those inside one migration, which is named by its script or by its place, such as {@code 4.7.0_B}. */
    List<Moment> momentsOf(String migration) {
        return moments.stream()
                .filter(moment -> migration.equals(moment.script()) || migration.equals(places.get(moment.script())))
                .toList();
    }

    @Override
    public void on(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.MigrationStarted started) {
            begin(started.migration());
        } else if (event instanceof UpgradeEvent.MigrationProgressed progress
                && progress.unit().equals(RunObserver.STATEMENT)) {
            done = (int) progress.done();
        }
    }

    private void begin(Migration started) {
        migration = Optional.of(started);
        statements = started.statements();
        texts = statements.stream().map(SqlStatement::text).collect(Collectors.toSet());
        done = 0;
        counts.clear();
        if (started instanceof VersionedMigration versioned) {
            places.put(versioned.script(), versioned.name().place());
        }
    }

    /** Whether the script that runs has a statement of exactly this text. */
    boolean isWritten(String sql) {
        return texts.contains(sql);
    }

    /**
     * The upgrade is at a point; gives its moments, one for each kind of blow.
     *
     * @param sql what is sent, or was
     */
    List<Moment> at(Moment.Point point, String sql) {
        int number = counts.merge(point, 1, Integer::sum);
        List<Moment> here = Stream.of(Moment.Kind.values())
                .filter(kind -> kind.point() == point)
                .map(kind -> new Moment(script(), kind, number, kind.at(place(point, sql, number))))
                .toList();
        moments.addAll(here);
        return here;
    }

    private String place(Moment.Point point, String sql, int number) {
        return switch (point) {
            case BEFORE_STATEMENT, BEFORE_CHANGE -> placeOfStatement(sql, "before statement ", number, "");
            case AFTER_STATEMENT, AFTER_CHANGE ->
                placeOfStatement(sql, "after statement ", number, ", before its checkpoint");
            case BEFORE_RECORD -> placeOfCommit("the checkpoint after statement ", "its record number ", number);
            case BEFORE_COMMIT -> placeOfCommit("the commit after statement ", "its commit number ", number);
            case AFTER_COMMIT ->
                placeOfCommit("after the checkpoint of statement ", "after its commit number ", number);
        };
    }

    private String placeOfStatement(String sql, String words, int number, String rest) {
        Optional<SqlStatement> written =
                done < statements.size() ? Optional.of(statements.get(done)) : Optional.empty();
        return written.map(statement -> placeOf(statement, words) + rest)
                        .orElseGet(() -> script() + ", " + words + number + " that it sent")
                + ": " + MaskedStatement.of(new SqlStatement(1, 1, sql));
    }

    private String placeOfCommit(String words, String otherWords, int number) {
        if (migration.isEmpty()) {
            return "before the first migration";
        }
        return done > 0 && done <= statements.size()
                ? placeOf(statements.get(done - 1), words)
                : script() + ", " + otherWords + number;
    }

    private String script() {
        return migration.map(Migration::script).orElse(Moment.BEFORE_ALL);
    }

    private String placeOf(SqlStatement statement, String words) {
        return script() + ":" + statement.line() + ", " + words + statement.number() + " of " + statements.size();
    }
}
