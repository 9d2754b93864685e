package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;

/**
 * Proves that an upgrade goes on where it was interrupted. The upgrade runs once undisturbed. Then, for each moment, the
 * databases are put back, the upgrade is cut off at that moment as if its process had been killed, and the next upgrade must
 * end with the same schema, rows and records.
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
 * <p>A moment is behind each statement of a migration, when it is done and its checkpoint is not, and behind each commit. What
 * is before a statement is no moment of its own: the databases are as behind the commit before it.
 */
public final class Interruptions {

    private final int most;
    private final long seed;

    private Interruptions(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    /** At every moment; a Java migration that sends a statement for each row has as many of them. */
    public static Interruptions everywhere() {
        return new Interruptions(Integer.MAX_VALUE, 0);
    }

    /**
     * At some moments, chosen by chance and spread over the migrations: of each as many as of the others, if it has them.
     *
     * @param moments how many
     * @throws IllegalArgumentException when it is not one at least
     */
    public static Interruptions sampled(int moments) {
        if (moments < 1) {
            throw new IllegalArgumentException("An upgrade is interrupted at one moment at least, not at " + moments);
        }
        return new Interruptions(moments, System.nanoTime());
    }

    /** These, chosen as in another run that told its seed. */
    public Interruptions seed(long seed) {
        return new Interruptions(most, seed);
    }

    /** Of an upgrade of these databases from where they are, with the rows that they have. */
    public InterruptedUpgrade of(MigratedDatabase database) {
        return InterruptedUpgrade.of(this, database);
    }

    long seed() {
        return seed;
    }

    /** Chooses among the moments of an upgrade; keeps their order. */
    List<Moment> choose(List<Moment> moments) {
        if (moments.size() <= most) {
            return moments;
        }
        Random random = new Random(seed);
        Map<String, List<Moment>> groups = new LinkedHashMap<>();
        moments.forEach(moment -> groups.computeIfAbsent(moment.script() + moment.kind(), key -> new ArrayList<>())
                .add(moment));
        List<List<Moment>> shuffled = new ArrayList<>(groups.values());
        Collections.shuffle(shuffled, random);
        shuffled.forEach(group -> Collections.shuffle(group, random));
        Collection<Moment> chosen = inTurn(shuffled);
        return moments.stream().filter(chosen::contains).toList();
    }

    private Collection<Moment> inTurn(List<List<Moment>> groups) {
        List<Moment> chosen = new ArrayList<>();
        for (int turn = 0; chosen.size() < most; turn++) {
            for (List<Moment> group : groups) {
                if (turn < group.size() && chosen.size() < most) {
                    chosen.add(group.get(turn));
                }
            }
        }
        return chosen;
    }
}
