package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;

/**
 * What the head of a script, or the annotation of a class, says about it.
 *
 * @param sqlMode the {@code sql_mode} to run under instead of the pinned one
 * @param when when a repeatable runs
 * @param phase the phase stated by its author
 * @param reason why it is there, where a lint rule asks for a reason
 * @param supersedes the ids of older contents that need not be replaced by this one, with the reasons
 * @param commutesWith the places of migrations that someone found to commute with this one, with the reasons
 * @param resolves the places of migrations whose conflict this one settles
 * @param waives the rules that this migration may break, with the reasons
 * @param online whether its definitions are refused where others could not go on using the table meanwhile
 * @param copyWith the executable that is to change tables which the server would copy or close
 * @param sameAs the place of the class in a parallel line that is the same change
 * @param background whether it may run after the server is up
 * @param calls the statements that a call of a procedure stands for, by the name of the procedure
 * @param since the release from which on a repeatable belongs to a database
 * @param until the release from which on a verification query does not hold any more, or a repeatable does not belong
 */
public record Directives(
        Optional<String> sqlMode,
        When when,
        Optional<Phase> phase,
        Optional<String> reason,
        Map<ChangeId, String> supersedes,
        Map<String, String> commutesWith,
        Set<String> resolves,
        Map<String, String> waives,
        boolean online,
        Optional<CopyTool> copyWith,
        Optional<String> sameAs,
        boolean background,
        Map<String, List<String>> calls,
        Optional<ReleaseVersion> since,
        Optional<ReleaseVersion> until) {

    /** When a repeatable runs. */
    public enum When {
        /** Before the versioned migrations, such as procedures that they call. */
        BEFORE,
        /** After them, such as views. */
        AFTER
    }

    static final Directives NONE = new Builder().build();

    public Directives {
        supersedes = Map.copyOf(supersedes);
        commutesWith = Map.copyOf(commutesWith);
        resolves = Set.copyOf(resolves);
        waives = Map.copyOf(waives);
        calls = Map.copyOf(calls);
    }

    /** Collects them one by one. */
    static final class Builder {

        Optional<String> sqlMode = Optional.empty();
        When when = When.AFTER;
        Optional<Phase> phase = Optional.empty();
        Optional<String> reason = Optional.empty();
        final Map<ChangeId, String> supersedes = new java.util.HashMap<>();
        final Map<String, String> commutesWith = new TreeMap<>();
        final Set<String> resolves = new TreeSet<>();
        final Map<String, String> waives = new TreeMap<>();
        boolean online;
        Optional<CopyTool> copyWith = Optional.empty();
        Optional<String> sameAs = Optional.empty();
        boolean background;
        final Map<String, List<String>> calls = new TreeMap<>();
        Optional<ReleaseVersion> since = Optional.empty();
        Optional<ReleaseVersion> until = Optional.empty();

        Directives build() {
            return new Directives(
                    sqlMode,
                    when,
                    phase,
                    reason,
                    supersedes,
                    commutesWith,
                    resolves,
                    waives,
                    online,
                    copyWith,
                    sameAs,
                    background,
                    calls,
                    since,
                    until);
        }
    }
}
