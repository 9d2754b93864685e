package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/** Where a way ends. */
sealed interface Ending {

    /**
     * At its last release.
     *
     * @param schema what the schemas look like
     * @param contents what is in the tables
     * @param verification how they compare with what the release declares
     * @param brokenViews a sentence for each view that cannot be selected from
     */
    record Arrived(SchemaSnapshot schema, Contents contents, Verification verification, List<String> brokenViews)
            implements Ending {

        public Arrived {
            brokenViews = List.copyOf(brokenViews);
        }

        List<Difference> differencesFrom(Arrived expected) {
            List<Difference> differences = new ArrayList<>(schema.differencesFrom(expected.schema()).stream()
                    .map(Difference::of)
                    .toList());
            differences.addAll(contents.differencesFrom(expected.contents()));
            return differences;
        }
    }

    /**
     * Before that.
     *
     * @param at the part of the way whose last step could not be taken
     * @param reason what the upgrade said
     */
    record Stopped(UpgradePath at, String reason) implements Ending {}
}
