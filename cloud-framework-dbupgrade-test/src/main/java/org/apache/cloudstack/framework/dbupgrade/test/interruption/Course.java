package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.execute.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** Follows one upgrade, and gives each of its moments a name that is the same in the next upgrade. */
final class Course implements UpgradeListener {

    private final List<Moment> moments = new ArrayList<>();
    private final Map<Moment.Kind, Integer> counts = new EnumMap<>(Moment.Kind.class);
    private final Map<String, String> places = new HashMap<>();
    private Optional<Routine> routine = Optional.empty();
    private List<SqlStatement> statements = List.of();
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
        if (event instanceof UpgradeEvent.RoutineStarted started) {
            begin(started.routine());
        } else if (event instanceof UpgradeEvent.RoutineProgressed progress
                && progress.unit().equals(RunObserver.STATEMENT)) {
            done = (int) progress.done();
        }
    }

    private void begin(Routine started) {
        routine = Optional.of(started);
        statements = started.statements(new ClientSplitter());
        done = 0;
        counts.clear();
        if (started instanceof Migration migration) {
            places.put(migration.script(), migration.name().place());
        }
    }

    /** The server has done a statement that was sent as this text. */
    Moment afterStatement(String sql) {
        return next(Moment.Kind.STATEMENT, number -> {
            Optional<SqlStatement> written =
                    done < statements.size() ? Optional.of(statements.get(done)) : Optional.empty();
            return written.map(statement -> placeOf(statement, "behind statement ") + ", before its checkpoint")
                            .orElseGet(() -> script() + ", behind statement " + number + " that it sent")
                    + ": " + MaskedStatement.of(new SqlStatement(1, 1, sql));
        });
    }

    /** The server has committed something. */
    Moment afterCheckpoint() {
        return next(Moment.Kind.CHECKPOINT, number -> {
            if (routine.isEmpty()) {
                return "before the first migration";
            }
            return done > 0 && done <= statements.size()
                    ? placeOf(statements.get(done - 1), "behind the checkpoint of statement ")
                    : script() + ", behind its commit number " + number;
        });
    }

    private interface Words {
        String of(int number);
    }

    private Moment next(Moment.Kind kind, Words words) {
        int number = counts.merge(kind, 1, Integer::sum);
        Moment moment = new Moment(script(), kind, number, words.of(number));
        moments.add(moment);
        return moment;
    }

    private String script() {
        return routine.map(Routine::script).orElse(Moment.BEFORE_ALL);
    }

    private String placeOf(SqlStatement statement, String words) {
        return script() + ":" + statement.line() + ", " + words + statement.number() + " of " + statements.size();
    }
}
