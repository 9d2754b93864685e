package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.jspecify.annotations.Nullable;

/**
 * Reads from scripts what migrations mean for older nodes and for each other. All scripts are read when the first one is asked
 * for, since what a column was is in earlier ones.
 */
public final class ScriptPhaseResolver implements PhaseResolver {

    private final Migrations migrations;
    private final String schema;
    private final MigrationAnalyses analyses;
    private @Nullable MigrationPhases phases;

    /**
     * @param schema the current database of every migration
     * @param analyses what was read of them otherwise
     */
    public ScriptPhaseResolver(Migrations migrations, String schema, MigrationAnalyses analyses) {
        this.migrations = migrations;
        this.schema = schema;
        this.analyses = analyses;
    }

    /** A script that also adds something cannot wait as a whole, and one of which it is not known may not be run. */
    @Override
    public Optional<Phase> phaseOf(Migration migration) {
        return migration
                .directives()
                .phase()
                .or(() -> migration.source() instanceof Source.Script
                        ? known(phases().reading(migration))
                        : Optional.empty());
    }

    private static Optional<Phase> known(ScriptPhase script) {
        boolean isUnsure = script.firstContract().isPresent()
                && (script.firstSureContract().isEmpty() || script.split().isPresent());
        return isUnsure ? Optional.empty() : Optional.of(script.phase());
    }

    private MigrationPhases phases() {
        MigrationPhases read = phases;
        if (read == null) {
            read = MigrationPhases.of(migrations, schema);
            phases = read;
        }
        return read;
    }

    @Override
    public boolean needs(Migration later, Migration earlier) {
        return analyses.needs(later, earlier);
    }
}
