package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What plans depend on in addition to the migrations and the state of a database.
 *
 * @param rolling other nodes
 * @param phasing what has to wait for them
 * @param leavesBackground whether migrations for the background are left to it
 * @param reading what migrations make and read; empty where names alone order repeatables
 * @param again why repeatables run although they did not change, by key
 */
record Circumstances(
        ClusterView rolling,
        PhaseResolver phasing,
        boolean leavesBackground,
        Optional<RepeatableReading> reading,
        Map<String, String> again) {

    /** As if no other node existed. */
    static final Circumstances ALONE =
            new Circumstances(ClusterView.OFF, PhaseResolver.DECLARED, false, Optional.empty(), Map.of());

    Circumstances {
        again = Map.copyOf(again);
    }

    Circumstances among(ClusterView others, PhaseResolver phases) {
        return new Circumstances(others, phases, leavesBackground, reading, again);
    }

    Circumstances leavingBackground() {
        return new Circumstances(rolling, phasing, true, reading, again);
    }

    Circumstances reading(MigrationAnalyses analyses) {
        return new Circumstances(
                rolling, phasing, leavesBackground, Optional.of(new RepeatableReading(analyses)), again);
    }

    Circumstances again(Map<String, String> reasons) {
        return new Circumstances(rolling, phasing, leavesBackground, reading, reasons);
    }
}
