package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptComparison;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.DeclaredFootprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;

/** What the statements of migrations do; each is read once. */
public final class MigrationAnalyses {

    private final ProceduresBefore scripts;
    private final String schema;
    private final Map<String, Optional<List<Analysis>>> byKey = new ConcurrentHashMap<>();

    /**
     * @param schema the current database of every migration
     */
    public MigrationAnalyses(Migrations migrations, String schema) {
        this.scripts = new ProceduresBefore(migrations, schema);
        this.schema = schema;
    }

    /** What a migration does, statement by statement; empty for Java code that declares neither reads nor writes. */
    Optional<List<Analysis>> of(Migration migration) {
        return byKey.computeIfAbsent(migration.key(), key -> analysis(migration));
    }

    /** The tables, views and stored programs that a migration creates and does not drop again. */
    public Set<SchemaObject> made(Migration migration) {
        return new RepeatableReading(this).made(migration);
    }

    /** Whether a migration drops a table, view or stored program. */
    public boolean drops(Migration migration, SchemaObject object) {
        return new RepeatableReading(this).drops(migration, object);
    }

    /** The tables and columns that a plan drops for good, in lower case, each with the script that drops it. */
    public Map<String, String> dropped(Plan plan) {
        return new BrokenRepeatables(new RepeatableReading(this)).droppedBy(plan.runs());
    }

    private Optional<List<Analysis>> analysis(Migration migration) {
        if (migration.source() instanceof Source.Script) {
            return Optional.of(scripts.analyze(migration));
        }
        Source.Java java = (Source.Java) migration.source();
        if (java.reads().isEmpty() && java.writes().isEmpty()) {
            return Optional.empty();
        }
        SqlStatement code = new SqlStatement(1, 1, "Java code");
        return Optional.of(List.of(Analysis.declared(code, DeclaredFootprint.of(java.reads(), java.writes(), schema))));
    }

    /** Whether a migration may not run without one that comes before it. */
    boolean needs(Migration later, Migration earlier) {
        if (isSaidToCommute(later, earlier) || isSaidToCommute(earlier, later)) {
            return false;
        }
        Optional<List<Analysis>> one = of(later);
        Optional<List<Analysis>> other = of(earlier);
        return one.isEmpty()
                || other.isEmpty()
                || !ScriptComparison.of(one.get(), other.get()).commutes();
    }

    private static boolean isSaidToCommute(Migration one, Migration other) {
        return other instanceof VersionedMigration versioned
                && one.directives().commutesWith().containsKey(versioned.name().place());
    }
}
