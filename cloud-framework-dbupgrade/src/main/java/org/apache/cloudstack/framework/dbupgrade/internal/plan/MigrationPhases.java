package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.PhaseAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * The phases of all migrations and repeatables, read in the order in which a fresh install runs them. The same migrations
 * always have the same phases, whatever a database holds.
 */
public final class MigrationPhases {

    private static final ScriptPhase NOTHING = new ScriptPhase(List.of());

    private final Map<String, ScriptPhase> readings;

    private MigrationPhases(Map<String, ScriptPhase> readings) {
        this.readings = Map.copyOf(readings);
    }

    /**
     * Reads all scripts; one that cannot be read must wait, as nothing is known of it.
     *
     * @param schema the current database of every migration
     */
    public static MigrationPhases of(Migrations migrations, String schema) {
        Map<String, ScriptPhase> readings = new HashMap<>();
        PhaseAnalyzer reading = new PhaseAnalyzer();
        ProceduresBefore scripts = new ProceduresBefore(migrations, schema);
        migrations.repeatables(true).forEach(each -> readings.put(each.script(), read(each, reading, scripts)));
        ReleaseVersion current = null;
        Changes changes = migrations.changes(migrations.graph());
        Map<RunOnce, ScriptPhase> read = new HashMap<>();
        for (VersionedMigration migration : migrations.versioned()) {
            current = begin(migration.name().release(), current, reading);
            Optional<RunOnce> change = changes.of(migration);
            ScriptPhase phase = change.map(read::get).orElse(null);
            // the copy in another line finds what the first one left
            ScriptPhase known = phase != null ? phase : read(migration, reading, scripts);
            change.ifPresent(each -> read.put(each, known));
            readings.put(migration.script(), known);
        }
        reading.beginRelease();
        migrations.repeatables(false).forEach(each -> readings.put(each.script(), read(each, reading, scripts)));
        return new MigrationPhases(readings);
    }

    private static ReleaseVersion begin(
            ReleaseVersion release, @Nullable ReleaseVersion current, PhaseAnalyzer reading) {
        if (!release.equals(current)) {
            reading.beginRelease();
        }
        return release;
    }

    private static ScriptPhase read(Migration migration, PhaseAnalyzer reading, ProceduresBefore scripts) {
        if (!(migration.source() instanceof Source.Script)) {
            return NOTHING;
        }
        try {
            return reading.read(scripts.analyze(migration));
        } catch (UnreadableScriptException e) {
            return ScriptPhase.unreadable(e.reason());
        }
    }

    /** What the author declares; else what the statements do; of Java that declares nothing, {@link Phase#MIGRATE}. */
    public Phase phase(Migration migration) {
        return migration.directives().phase().orElseGet(() -> reading(migration).phase());
    }

    /** What each statement of a script means; nothing of Java, and of a script that was not among the migrations. */
    public ScriptPhase reading(Migration migration) {
        return Optional.ofNullable(readings.get(migration.script())).orElse(NOTHING);
    }
}
