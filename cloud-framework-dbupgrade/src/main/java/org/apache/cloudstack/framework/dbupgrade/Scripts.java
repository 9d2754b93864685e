package org.apache.cloudstack.framework.dbupgrade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;

/** The statements of every script that a plan runs, split before one of them is run. */
final class Scripts {

    private final Map<String, List<SqlStatement>> statements;
    private final List<Finding> unreadable;

    private Scripts(Map<String, List<SqlStatement>> statements, List<Finding> unreadable) {
        this.statements = statements;
        this.unreadable = unreadable;
    }

    static Scripts of(Plan plan, ScriptSplitter splitter) {
        Map<String, List<SqlStatement>> statements = new HashMap<>();
        List<Finding> unreadable = new ArrayList<>();
        for (Step step : plan.runs()) {
            if (step.routine().source() instanceof Source.Script script) {
                try {
                    statements.put(
                            step.routine().key(), splitter.split(step.routine().script(), script.text()));
                } catch (UnreadableScriptException e) {
                    unreadable.add(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason()));
                }
            }
        }
        return new Scripts(statements, unreadable);
    }

    /** The scripts that cannot be split. */
    List<Finding> unreadable() {
        return unreadable;
    }

    /** The statements of a routine; none for a Java migration. */
    List<SqlStatement> of(Routine routine) {
        return statements.getOrDefault(routine.key(), List.of());
    }

    /** What the journal counts of a routine: the statements of a script, 1 for a Java migration. */
    int countOf(Routine routine) {
        return routine.source() instanceof Source.Java ? 1 : of(routine).size();
    }
}
