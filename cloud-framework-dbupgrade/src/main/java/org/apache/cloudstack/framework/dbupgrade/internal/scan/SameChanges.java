package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Gives classes that say which other one they equal its change id. Two classes have one change id for no other reason.
 *
 * @param migrations all migrations, with their final ids
 * @param findings what is wrong with what they say
 */
record SameChanges(List<VersionedMigration> migrations, List<Finding> findings) {

    static SameChanges of(Migrations found) {
        List<Finding> findings = new ArrayList<>();
        List<VersionedMigration> resolved = new ArrayList<>();
        Map<String, VersionedMigration> byPlace = new HashMap<>();
        Map<ChangeId, VersionedMigration> classes = new HashMap<>();
        found.versioned().forEach(each -> byPlace.put(each.name().place(), each));
        for (VersionedMigration migration : found.versioned()) {
            Optional<String> place = migration.directives().sameAs();
            if (place.isPresent()) {
                Optional<VersionedMigration> named = Optional.ofNullable(byPlace.get(place.get()));
                String problem = problem(found, migration, named);
                if (!problem.isEmpty()) {
                    findings.add(FindingCode.UNUSABLE_CLASS.about(
                            migration.script(), "it says sameAs = \"" + place.get() + "\", " + problem));
                }
                resolved.add(named.map(migration::sameAs).orElse(migration));
                continue;
            }
            VersionedMigration twin = migration.source() instanceof Source.Java
                    ? classes.putIfAbsent(migration.changeId(), migration)
                    : null;
            if (twin != null) {
                findings.add(
                        FindingCode.UNUSABLE_CLASS.about(
                                migration.script(),
                                "it and " + twin.script()
                                        + " have one name before the cut and one revision, so that databases"
                                        + " would take them for one change; give the one that was not shipped another revision"));
            }
            resolved.add(migration);
        }
        return new SameChanges(resolved, findings);
    }

    private static String problem(Migrations all, VersionedMigration migration, Optional<VersionedMigration> named) {
        if (named.isEmpty()) {
            return "and no migration has that place";
        }
        if (!(named.get().source() instanceof Source.Java)) {
            return "which is " + named.get().script() + ", no class with code";
        }
        Optional<String> next = named.get().directives().sameAs();
        if (next.isPresent()) {
            return "which itself says sameAs = \"" + next.get() + "\"; name that one";
        }
        ReleaseVersion its = migration.name().release();
        ReleaseVersion others = named.get().name().release();
        ReleaseGraph graph = all.graph();
        boolean isParallel = !graph.containedIn(its).contains(others)
                && !graph.containedIn(others).contains(its);
        return isParallel
                ? ""
                : "but " + its + " and " + others + " are not in parallel lines, so that a database would run both;"
                        + " declare the lines in releases.yaml, or remove one of the two";
    }
}
