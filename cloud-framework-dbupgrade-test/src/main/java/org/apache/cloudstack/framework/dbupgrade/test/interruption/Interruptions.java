package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;

/**
 * Proves that an upgrade goes on where it was interrupted. The upgrade runs once undisturbed. Then, for each moment, the
 * databases are put back, the upgrade is struck at that moment, and it or the next one must end with the same schema, rows and
 * records.
 *
 * <pre>{@code
 * @Test
 * void anInterruptedUpgradeGoesOn(@UpgradeDatabase(at = "4.6.0") MigratedDatabase database) {
 *     database.run("INSERT INTO cloud.vm (name) VALUES ('one'), ('two')");
 *
 *     Interruptions.everywhere().of(database).upgradingTo("4.7.0").assertResumes();
 * }
 * }</pre>
 *
 * <p>{@link Moment.Kind} lists what strikes: its process is killed, its connection is lost, a statement fails and is fixed, a
 * transaction is rolled back, a lock is held, a commit fails.
 */
public final class Interruptions {

    private static final Set<Moment.Kind> QUICK = EnumSet.complementOf(EnumSet.of(Moment.Kind.READ_LOCK));

    private final int most;
    private final long seed;
    private final Set<Moment.Kind> kinds;

    private Interruptions(int most, long seed, Set<Moment.Kind> kinds) {
        this.most = most;
        this.seed = seed;
        this.kinds = kinds;
    }

    /** At every moment; a Java migration that sends a statement for each row has as many of them. */
    public static Interruptions everywhere() {
        return new Interruptions(Integer.MAX_VALUE, 0, QUICK);
    }

    /**
     * At some moments, chosen by chance and spread over the migrations and the kinds: of each as many as of the others, if it
     * has them.
     *
     * @param moments how many
     * @throws IllegalArgumentException when it is not one at least
     */
    public static Interruptions sampled(int moments) {
        if (moments < 1) {
            throw new IllegalArgumentException("An upgrade is interrupted at one moment at least, not at " + moments);
        }
        return new Interruptions(moments, System.nanoTime(), QUICK);
    }

    /** These, chosen as in another run that reported its seed. */
    public Interruptions seed(long seed) {
        return new Interruptions(most, seed, kinds);
    }

    /** These, of the given kinds only. */
    public Interruptions only(Moment.Kind first, Moment.Kind... more) {
        return new Interruptions(most, seed, EnumSet.of(first, more));
    }

    /** These without the given kinds. */
    public Interruptions except(Moment.Kind first, Moment.Kind... more) {
        Set<Moment.Kind> rest = EnumSet.copyOf(kinds);
        rest.removeAll(EnumSet.of(first, more));
        return new Interruptions(most, seed, rest);
    }

    /** Of an upgrade of these databases from where they are, with the rows that they have. */
    public InterruptedUpgrade of(MigratedDatabase database) {
        return InterruptedUpgrade.of(this, database);
    }

    long seed() {
        return seed;
    }

    /** Chooses among the moments of an upgrade; keeps their order. */
    List<Moment> choose(List<Moment> all) {
        List<Moment> moments =
                all.stream().filter(moment -> kinds.contains(moment.kind())).toList();
        if (moments.size() <= most) {
            return moments;
        }
        Random random = new Random(seed);
        List<List<Moment>> scripts = groups(moments, Moment::script, random).stream()
                .map(script -> alternating(groups(script, Moment::kind, random)))
                .toList();
        Collection<Moment> chosen = new HashSet<>(alternating(scripts).subList(0, most));
        return moments.stream().filter(chosen::contains).toList();
    }

    private static List<List<Moment>> groups(List<Moment> moments, Function<Moment, Object> by, Random random) {
        Map<Object, List<Moment>> groups = new LinkedHashMap<>();
        moments.forEach(moment -> groups.computeIfAbsent(by.apply(moment), key -> new ArrayList<>())
                .add(moment));
        List<List<Moment>> shuffled = new ArrayList<>(groups.values());
        Collections.shuffle(shuffled, random);
        shuffled.forEach(group -> Collections.shuffle(group, random));
        return shuffled;
    }

    /** The first of each group, then the second of each, and so on. */
    private static List<Moment> alternating(List<List<Moment>> groups) {
        List<Moment> all = new ArrayList<>();
        int longest = groups.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (List<Moment> group : groups) {
                if (turn < group.size()) {
                    all.add(group.get(turn));
                }
            }
        }
        return all;
    }
}
