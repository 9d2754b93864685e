package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every plan, on random graphs with parallel lines and backports, from random states that a database can be
 * in. The expectations are computed from sets of changes, in another way than the planner goes.
 */
class PlannerPropertiesTest {

    private static final int SEEDS = 10;
    private static final int TRIES = 10_000;

    @ParameterizedTest
    @MethodSource("seeds")
    void aPlanRunsEachMissingChangeOnceInTheOrderOfTheGraphAndEndsInTheTargetsSet(long seed) {
        new Random(seed).longs(TRIES / SEEDS).forEach(each -> {
            RandomWorld world = new RandomWorld(new Random(each));
            PlanResult planned = world.planner(world.target()).plan(world.state(), Optional.empty());

            if (planned instanceof Plan plan) {
                List<String> run = world.changesRun(plan);
                Set<String> has = new HashSet<>(world.changesOfDatabase());
                assertThat(run).as("nothing twice").doesNotHaveDuplicates().noneMatch(has::contains);
                has.addAll(run);
                assertThat(has).as("exactly the target's set").isEqualTo(world.changesOf(world.target()));
                assertOrder(world, plan);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRefusalIsGivenExactlyWhenTheTargetsSetCannotBeReachedByAdding(long seed) {
        new Random(seed).longs(TRIES / SEEDS).forEach(each -> {
            RandomWorld world = new RandomWorld(new Random(each));
            PlanResult planned = world.planner(world.target()).plan(world.state(), Optional.empty());

            boolean older = world.newestOfDatabase()
                    .filter(newest -> newest.isAfter(world.target()))
                    .isPresent();
            boolean reachable = world.changesOf(world.target()).containsAll(world.changesOfDatabase());
            assertThat(planned instanceof Plan).isEqualTo(reachable && !older);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfInputsMakesNoDifference(long seed) {
        new Random(seed).longs(TRIES / 10 / SEEDS).forEach(each -> {
            RandomWorld world = new RandomWorld(new Random(each));
            PlanResult planned = world.planner(world.target()).plan(world.state(), Optional.empty());

            PlanResult again = new Planner(world.shuffledMigrations(), world.target(), ConflictCheck.NONE)
                    .plan(world.shuffledState(), Optional.empty());

            assertThat(again).isEqualTo(planned);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anUpgradeKilledBetweenTwoStepsEndsInTheSameSet(long seed) {
        new Random(seed).longs(TRIES / 10 / SEEDS).forEach(each -> {
            Random random = new Random(each);
            RandomWorld world = new RandomWorld(random);
            Planner planner = world.planner(world.target());
            if (planner.plan(world.state(), Optional.empty()) instanceof Plan plan) {
                DatabaseState killed = States.after(
                        world.state(), plan, random.nextInt(plan.steps().size() + 1));

                PlanResult rest = planner.plan(killed, Optional.empty());

                assertThat(rest).isInstanceOf(Plan.class);
                Set<String> has = new HashSet<>(world.changesOf(killed));
                has.addAll(world.changesRun((Plan) rest));
                assertThat(has).isEqualTo(world.changesOf(world.target()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAPlanNothingIsPending(long seed) {
        new Random(seed).longs(TRIES / 10 / SEEDS).forEach(each -> {
            RandomWorld world = new RandomWorld(new Random(each));
            Planner planner = world.planner(world.target());
            if (planner.plan(world.state(), Optional.empty()) instanceof Plan plan) {
                PlanResult second = planner.plan(States.after(world.state(), plan), Optional.empty());

                assertThat(second).isInstanceOf(Plan.class);
                assertThat(((Plan) second).isEmpty()).isTrue();
            }
        });
    }

    /** Each stands for cases of its own; a failure shows it, and repeats with it. */
    private static LongStream seeds() {
        return ThreadLocalRandom.current().longs(SEEDS);
    }

    private static void assertOrder(RandomWorld world, Plan plan) {
        Map<ReleaseVersion, Integer> lastOf = new HashMap<>();
        List<Step> steps = plan.steps();
        for (int position = 0; position < steps.size(); position++) {
            VersionedMigration migration =
                    (VersionedMigration) steps.get(position).migration();
            lastOf.put(migration.name().release(), position);
        }
        for (int position = 0; position < steps.size(); position++) {
            ReleaseVersion release = ((VersionedMigration) steps.get(position).migration())
                    .name()
                    .release();
            for (ReleaseVersion followed : world.graph().containedIn(release)) {
                if (!followed.equals(release)) {
                    assertThat(lastOf.getOrDefault(followed, -1))
                            .as("%s before %s", followed, release)
                            .isLessThan(position);
                }
            }
        }
    }

    /** A graph with lines, joins and backports, and a database that came to some release on a way of upgrades. */
    private static final class RandomWorld {

        private final Random random;
        private final Timeline timeline = new Timeline();
        private final List<ReleaseVersion> releases = new ArrayList<>();
        private final Migrations migrations;
        private final ReleaseGraph graph;
        private final DatabaseState state;
        private final ReleaseVersion target;

        RandomWorld(Random random) {
            this.random = random;
            int minors = 1 + random.nextInt(4);
            int change = 0;
            for (int minor = 0; minor < minors; minor++) {
                int patches = 1 + random.nextInt(4);
                for (int patch = 0; patch < patches; patch++) {
                    change = addRelease(new ReleaseVersion(4, minor, patch, 0), change);
                }
            }
            this.migrations = timeline.migrations();
            this.graph = migrations.graph();
            this.state = wander();
            this.target = any(releases);
        }

        private int addRelease(ReleaseVersion version, int changesSoFar) {
            Set<ReleaseVersion> follows = new TreeSet<>();
            if (!releases.isEmpty()) {
                follows.add(version.patch() > 0 ? releases.get(releases.size() - 1) : any(releases));
                if (random.nextInt(3) == 0) {
                    follows.add(any(releases));
                }
            }
            int own = random.nextInt(4);
            int fresh = changesSoFar;
            List<String> its = new ArrayList<>();
            Set<String> contents = new HashSet<>();
            for (int sequence = 1; sequence <= own; sequence++) {
                boolean backport = changesSoFar > 0 && random.nextInt(4) == 0;
                String content = "change " + (backport ? random.nextInt(changesSoFar) : fresh++);
                if (contents.add(content)) {
                    its.add(sequence + ":" + content);
                }
            }
            timeline.release(
                    version.toString(),
                    follows.stream().map(ReleaseVersion::toString).collect(Collectors.joining(",")),
                    its.toArray(String[]::new));
            releases.add(version);
            return fresh;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        /** Upgrades to random releases, as far as they are accepted, and is perhaps killed in the last of them. */
        private DatabaseState wander() {
            DatabaseState at = new DatabaseState.Empty();
            int upgrades = random.nextInt(4);
            for (int i = 0; i < upgrades; i++) {
                if (planner(any(releases)).plan(at, Optional.empty()) instanceof Plan plan) {
                    boolean killed = random.nextInt(5) == 0;
                    at = States.after(
                            at,
                            plan,
                            killed
                                    ? random.nextInt(plan.steps().size() + 1)
                                    : plan.steps().size());
                }
            }
            return at;
        }

        Planner planner(ReleaseVersion release) {
            return new Planner(timeline.migrations(), release, ConflictCheck.NONE);
        }

        Migrations shuffledMigrations() {
            return timeline.shuffled(random.nextLong());
        }

        DatabaseState shuffledState() {
            if (state instanceof DatabaseState.Managed managed) {
                List<AppliedMigration> mixed = new ArrayList<>(managed.applied());
                java.util.Collections.shuffle(mixed, random);
                return new DatabaseState.Managed(mixed, managed.reached(), managed.contracted());
            }
            return state;
        }

        DatabaseState state() {
            return state;
        }

        ReleaseVersion target() {
            return target;
        }

        ReleaseGraph graph() {
            return graph;
        }

        List<String> changesRun(Plan plan) {
            return plan.runs().stream()
                    .map(step -> change(step.migration().key()))
                    .toList();
        }

        Set<String> changesOf(ReleaseVersion release) {
            NavigableSet<ReleaseVersion> contained = graph.containedIn(release);
            return migrations.versioned().stream()
                    .filter(migration -> contained.contains(migration.name().release()))
                    .map(migration -> change(migration.key()))
                    .collect(Collectors.toSet());
        }

        Set<String> changesOfDatabase() {
            return changesOf(state);
        }

        Set<String> changesOf(DatabaseState state) {
            return state instanceof DatabaseState.Managed managed
                    ? managed.applied().stream()
                            .map(applied -> change(applied.key()))
                            .collect(Collectors.toSet())
                    : Set.of();
        }

        /** A content and the how many-th time it is; a release brings each content once here. */
        private String change(String key) {
            VersionedMigration migration = migrations.versioned().stream()
                    .filter(each -> each.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            int before = fewestBefore(migration.name().release(), migration.changeId());
            return migration.changeId().abbreviated() + " " + (before + 1);
        }

        private int fewestBefore(ReleaseVersion release, ChangeId content) {
            return graph.follows(release).stream()
                    .mapToInt(each -> timesIn(each, content))
                    .min()
                    .orElse(0);
        }

        private int timesIn(ReleaseVersion release, ChangeId content) {
            boolean brings = migrations.versioned().stream()
                    .anyMatch(each -> each.name().release().equals(release)
                            && each.changeId().equals(content));
            int own = brings ? fewestBefore(release, content) + 1 : 0;
            return graph.follows(release).stream()
                    .mapToInt(each -> timesIn(each, content))
                    .reduce(own, Math::max);
        }

        /** The newest release that the database has something of, or has completed. */
        Optional<ReleaseVersion> newestOfDatabase() {
            if (!(state instanceof DatabaseState.Managed managed)) {
                return Optional.empty();
            }
            NavigableSet<ReleaseVersion> known = new TreeSet<>(managed.reached());
            managed.applied().forEach(migration -> migration.release().ifPresent(known::add));
            return known.isEmpty() ? Optional.empty() : Optional.of(known.last());
        }
    }
}
