package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.ChangeReader;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.KnownSchema;

/**
 * Reports the phases of scripts that are given in the order in which they run. What earlier scripts left is remembered, since a
 * change of a column means one thing or another by what the column was. It asks no database, so that the same scripts always
 * have the same phases. Not for several threads.
 */
public final class PhaseAnalyzer {

    private static final Pattern FOREIGN_KEY_CHECKS =
            Pattern.compile("(?i)\\bforeign_key_checks\\s*:?=\\s*'?(0|off|false|1|on|true)\\b");

    private final ChangeReader reader;

    /** A reading that starts before the first script. */
    public PhaseAnalyzer() {
        this(new KnownSchema());
    }

    /** A reading that starts with what is known of databases; it adds to that. */
    public PhaseAnalyzer(KnownSchema known) {
        this.reader = new ChangeReader(known);
    }

    /** The scripts of another release start: what is there so far is known to older nodes. */
    public void beginRelease() {
        reader.beginRelease();
    }

    /** Reads the next script. */
    public ScriptPhase read(List<Analysis> script) {
        reader.beginScript();
        List<StatementPhase> phases = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            Analysis statement = script.get(i);
            List<Operation> later = script.subList(i + 1, script.size()).stream()
                    .flatMap(each -> each.operations().stream())
                    .toList();
            phases.add(new StatementPhase(statement, reader.read(statement.operations(), later)));
            followSession(statement);
            boolean isRoutine =
                    statement.operations().stream().anyMatch(ObjectOperation.CreateRoutine.class::isInstance);
            if (isRoutine || statement.unknown().isPresent()) {
                reader.rememberUnknown(statement.statement().text());
            }
        }
        return new ScriptPhase(phases);
    }

    private void followSession(Analysis statement) {
        boolean setsVariables =
                statement.operations().stream().anyMatch(SessionOperation.SetVariables.class::isInstance);
        Matcher checks = FOREIGN_KEY_CHECKS.matcher(statement.statement().text());
        if (setsVariables && checks.find()) {
            reader.checkForeignKeys(checks.group(1).matches("(?i)1|on|true"));
        }
    }
}
