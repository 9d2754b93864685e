package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.UnmarkedTransactions;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/** The statements of every script that a plan runs, split before one of them is run. */
public final class Scripts {

    private final Map<String, List<SqlStatement>> statements;
    private final List<Finding> unreadable;

    private Scripts(Map<String, List<SqlStatement>> statements, List<Finding> unreadable) {
        this.statements = statements;
        this.unreadable = unreadable;
    }

    static Scripts of(Plan plan) {
        List<Split> all = plan.runs().parallelStream()
                .map(Step::migration)
                .filter(migration -> migration.source() instanceof Source.Script)
                .map(migration -> Split.of(migration))
                .toList();
        Map<String, List<SqlStatement>> statements = new HashMap<>();
        all.forEach(split -> statements.put(split.key(), split.statements()));
        return new Scripts(
                statements,
                all.stream().flatMap(split -> split.problem().stream()).toList());
    }

    private record Split(String key, List<SqlStatement> statements, Optional<Finding> problem) {

        static Split of(Migration migration) {
            try {
                List<SqlStatement> statements = migration.statements();
                return new Split(migration.key(), statements, UnmarkedTransactions.in(migration, statements));
            } catch (UnreadableScriptException e) {
                Finding problem = FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason());
                return new Split(migration.key(), List.of(), Optional.of(problem));
            }
        }
    }

    /** The scripts that cannot be split, or not be run with checkpoints. */
    List<Finding> unreadable() {
        return unreadable;
    }

    /** The statements of a migration; none for a Java migration. */
    List<SqlStatement> of(Migration migration) {
        return statements.getOrDefault(migration.key(), List.of());
    }
}
