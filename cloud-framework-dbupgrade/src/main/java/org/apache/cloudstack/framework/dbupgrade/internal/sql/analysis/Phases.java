package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;

/** The phase of a script of which nothing before is known. Where the scripts before it are, {@link PhaseAnalyzer} knows more. */
public final class Phases {

    private Phases() {}

    /** The phase of a script: one statement that takes something away, or of which that is not known, makes it wait. */
    public static Phase of(Collection<Analysis> statements) {
        return new PhaseAnalyzer().read(List.copyOf(statements)).phase();
    }

    /** The latest: what must wait before what changes a definition, before what changes rows. */
    static Optional<Phase> latest(Stream<Phase> phases) {
        return phases.max(Comparator.comparingInt(Phases::weight));
    }

    private static int weight(Phase phase) {
        return switch (phase) {
            case MIGRATE -> 0;
            case EXPAND -> 1;
            case CONTRACT -> 2;
        };
    }
}
