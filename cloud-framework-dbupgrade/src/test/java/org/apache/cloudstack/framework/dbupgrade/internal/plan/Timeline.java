package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationFixtures;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Draws releases and their migrations in a few words, and plans on them. */
final class Timeline {

    private final List<ReleaseDeclaration> declarations = new ArrayList<>();
    private final List<VersionedMigration> migrations = new ArrayList<>();
    private final List<RepeatableMigration> repeatables = new ArrayList<>();

    /** A release, the ones it follows, and its migrations as {@code A:content}. */
    Timeline release(String version, String follows, String... migrations) {
        declarations.add(new ReleaseDeclaration(
                ReleaseVersion.of(version),
                Stream.of(follows.split(","))
                        .filter(each -> !each.isBlank())
                        .map(each -> ReleaseVersion.of(each.strip()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                Optional.empty(),
                ""));
        for (String migration : migrations) {
            String[] parts = migration.split(":", 2);
            this.migrations.add(MigrationFixtures.script("V_" + version + "_" + parts[0], parts[1]));
        }
        return this;
    }

    /** Migrations of the release that is not cut yet. */
    Timeline next(String... migrations) {
        for (String migration : migrations) {
            String[] parts = migration.split(":", 2);
            this.migrations.add(MigrationFixtures.script("V_next_" + parts[0], parts[1]));
        }
        return this;
    }

    Timeline repeatable(String name, String content) {
        repeatables.add(MigrationFixtures.repeatable(name, content));
        return this;
    }

    Migrations migrations() {
        return new Migrations(migrations, repeatables, declarations);
    }

    Migrations shuffled(long seed) {
        Random random = new Random(seed);
        List<VersionedMigration> mixed = new ArrayList<>(migrations);
        List<ReleaseDeclaration> mixedDeclarations = new ArrayList<>(declarations);
        Collections.shuffle(mixed, random);
        Collections.shuffle(mixedDeclarations, random);
        return new Migrations(mixed, repeatables, mixedDeclarations);
    }

    /** Plans from a state to a release. */
    PlanResult plan(DatabaseState state, String target) {
        return new Planner(migrations(), ReleaseVersion.of(target), ConflictCheck.NONE).plan(state, Optional.empty());
    }

    /** A database that was brought to a release, and then to each further one. */
    DatabaseState at(String... releases) {
        DatabaseState state = new DatabaseState.Empty();
        for (String release : releases) {
            state = States.after(state, (Plan) plan(state, release));
        }
        return state;
    }

    /** The steps from one release to another: the places, with {@code =} before those that are only recorded. */
    List<String> steps(String from, String target) {
        return steps(plan(from.isEmpty() ? new DatabaseState.Empty() : at(from), target));
    }

    static List<String> steps(PlanResult planned) {
        if (planned instanceof Refusal refusal) {
            throw new AssertionError("refused: " + refusal.findings());
        }
        return ((Plan) planned)
                .steps().stream()
                        .map(step -> switch (step.action()) {
                                    case RUN -> "";
                                    case RESUME -> ">";
                                    case ALREADY_APPLIED -> "=";
                                    case BASELINE -> "!";
                                    case DEFERRED -> "#";
                                }
                                + MigrationFixtures.place(step.migration()))
                        .toList();
    }
}
