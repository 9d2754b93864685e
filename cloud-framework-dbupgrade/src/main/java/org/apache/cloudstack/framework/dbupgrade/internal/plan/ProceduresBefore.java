package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KnownProcedures;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts with the procedures that those before them carry, in the order in which a fresh install runs them. Scripts that
 * call nothing are read alone.
 */
public final class ProceduresBefore {

    private final Migrations migrations;
    private final String schema;
    private @Nullable Map<String, KnownProcedures> byScript;

    /**
     * @param schema the current database of every migration
     */
    public ProceduresBefore(Migrations migrations, String schema) {
        this.migrations = migrations;
        this.schema = schema;
    }

    /** Reads a script; its calls are known by the procedures before it. */
    public List<Analysis> analyze(Migration migration) {
        List<SqlStatement> statements = migration.statements();
        List<Analysis> alone =
                new StatementAnalyzer(ownOf(KnownProcedures.NONE, migration)).analyze(statements, schema);
        boolean calls = alone.stream().anyMatch(each -> !each.calls().isEmpty());
        return calls ? new StatementAnalyzer(ownOf(before(migration), migration)).analyze(statements, schema) : alone;
    }

    private synchronized KnownProcedures before(Migration migration) {
        Map<String, KnownProcedures> known = byScript;
        if (known == null) {
            known = read();
            byScript = known;
        }
        return known.getOrDefault(migration.script(), KnownProcedures.NONE);
    }

    private Map<String, KnownProcedures> read() {
        Map<String, KnownProcedures> before = new HashMap<>();
        KnownProcedures known = KnownProcedures.NONE;
        List<Migration> inOrder = Stream.<Migration>concat(
                        migrations.repeatables(true).stream(),
                        Stream.concat(migrations.versioned().stream(), migrations.repeatables(false).stream()))
                .filter(each -> each.source() instanceof Source.Script)
                .toList();
        for (Migration migration : inOrder) {
            before.put(migration.script(), known);
            known = after(migration, known);
        }
        return before;
    }

    private KnownProcedures after(Migration migration, KnownProcedures known) {
        try {
            return new StatementAnalyzer(ownOf(known, migration)).after(migration.statements(), schema);
        } catch (UnreadableScriptException e) {
            // it may create or drop whatever it likes
            return KnownProcedures.NONE;
        }
    }

    private static KnownProcedures ownOf(KnownProcedures known, Migration migration) {
        return known.declaring(migration.directives().calls());
    }
}
