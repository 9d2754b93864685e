package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;

/** What the head of a script, or the annotation of a class, says about it. */
public final class Directives {

    /** When a repeatable runs. */
    public enum When {
        /** Before the versioned migrations, such as procedures that they call. */
        BEFORE,
        /** After them, such as views. */
        AFTER
    }

    static final Directives NONE = new Builder().build();

    private final Optional<String> sqlMode;
    private final When when;
    private final Optional<Phase> phase;
    private final Optional<String> reason;
    private final Map<ChangeId, String> supersedes;
    private final Map<String, String> commutesWith;
    private final Set<String> resolves;
    private final Map<String, String> waives;
    private final boolean online;
    private final Optional<CopyTool> copyWith;
    private final Optional<String> sameAs;
    private final boolean background;
    private final Map<String, List<String>> calls;
    private final Optional<ReleaseVersion> since;
    private final Optional<ReleaseVersion> until;

    private Directives(Builder stated) {
        this.sqlMode = stated.sqlMode;
        this.when = stated.when;
        this.phase = stated.phase;
        this.reason = stated.reason;
        this.supersedes = Map.copyOf(stated.supersedes);
        this.commutesWith = Map.copyOf(stated.commutesWith);
        this.resolves = Set.copyOf(stated.resolves);
        this.waives = Map.copyOf(stated.waives);
        this.online = stated.online;
        this.copyWith = stated.copyWith;
        this.sameAs = stated.sameAs;
        this.background = stated.background;
        this.calls = Map.copyOf(stated.calls);
        this.since = stated.since;
        this.until = stated.until;
    }

    /** The {@code sql_mode} to run under instead of the pinned one. */
    public Optional<String> sqlMode() {
        return sqlMode;
    }

    /** When a repeatable runs. */
    public When when() {
        return when;
    }

    /** The phase that its author states. */
    public Optional<Phase> phase() {
        return phase;
    }

    /** Why it is there, where a lint rule asks for a reason. */
    public Optional<String> reason() {
        return reason;
    }

    /** The ids of older contents that need not be replaced by this one, with the reasons. */
    public Map<ChangeId, String> supersedes() {
        return supersedes;
    }

    /** The places of migrations that someone found to commute with this one, with the reasons. */
    public Map<String, String> commutesWith() {
        return commutesWith;
    }

    /** The places of migrations whose conflict this one settles. */
    public Set<String> resolves() {
        return resolves;
    }

    /** The rules that this migration may break, with the reasons. */
    public Map<String, String> waives() {
        return waives;
    }

    /** Whether its DDL is refused where others could not go on using the table meanwhile. */
    public boolean online() {
        return online;
    }

    /** The executable that is to change tables which the server would copy or close. */
    public Optional<CopyTool> copyWith() {
        return copyWith;
    }

    /** The place of the class in a parallel line that is the same change. */
    public Optional<String> sameAs() {
        return sameAs;
    }

    /** Whether it may run after the server is up. */
    public boolean background() {
        return background;
    }

    /** The statements that a call of a procedure stands for, by the name of the procedure. */
    public Map<String, List<String>> calls() {
        return calls;
    }

    /** The release from which on a repeatable belongs to a database. */
    public Optional<ReleaseVersion> since() {
        return since;
    }

    /** The release from which on a verification query does not hold any more, or a repeatable does not belong. */
    public Optional<ReleaseVersion> until() {
        return until;
    }

    /** Collects them one by one. */
    public static final class Builder {

        private Optional<String> sqlMode = Optional.empty();
        private When when = When.AFTER;
        private Optional<Phase> phase = Optional.empty();
        private Optional<String> reason = Optional.empty();
        private final Map<ChangeId, String> supersedes = new HashMap<>();
        private final Map<String, String> commutesWith = new TreeMap<>();
        private final Set<String> resolves = new TreeSet<>();
        private final Map<String, String> waives = new TreeMap<>();
        private boolean online;
        private Optional<CopyTool> copyWith = Optional.empty();
        private Optional<String> sameAs = Optional.empty();
        private boolean background;
        private final Map<String, List<String>> calls = new TreeMap<>();
        private Optional<ReleaseVersion> since = Optional.empty();
        private Optional<ReleaseVersion> until = Optional.empty();

        /** See {@link Directives#sqlMode}. */
        public void sqlMode(String stated) {
            sqlMode = Optional.of(stated);
        }

        /** See {@link Directives#when}. */
        public void when(When stated) {
            when = stated;
        }

        /** See {@link Directives#phase}. */
        public void phase(Phase stated) {
            phase = Optional.of(stated);
        }

        /** See {@link Directives#reason}. */
        public void reason(String stated) {
            reason = Optional.of(stated);
        }

        /** Adds one to {@link Directives#supersedes}. */
        public void supersedes(ChangeId which, String reason) {
            supersedes.put(which, reason);
        }

        /** Adds one to {@link Directives#commutesWith}. */
        public void commutesWith(String which, String reason) {
            commutesWith.put(which, reason);
        }

        /** Adds one to {@link Directives#resolves}. */
        public void resolves(String place) {
            resolves.add(place);
        }

        /** Adds one to {@link Directives#waives}. */
        public void waives(String which, String reason) {
            waives.put(which, reason);
        }

        /** See {@link Directives#online}. */
        public void online() {
            online = true;
        }

        /** See {@link Directives#copyWith}. */
        public void copyWith(CopyTool stated) {
            copyWith = Optional.of(stated);
        }

        /** See {@link Directives#sameAs}. */
        public void sameAs(String stated) {
            sameAs = Optional.of(stated);
        }

        /** See {@link Directives#background}. */
        public void background() {
            background = true;
        }

        /** Adds one to {@link Directives#calls}. */
        public void call(String procedure, String statement) {
            calls.computeIfAbsent(procedure, any -> new ArrayList<>()).add(statement);
        }

        /** See {@link Directives#since}. */
        public void since(ReleaseVersion stated) {
            since = Optional.of(stated);
        }

        /** See {@link Directives#until}. */
        public void until(ReleaseVersion stated) {
            until = Optional.of(stated);
        }

        /** All of them. */
        public Directives build() {
            return new Directives(this);
        }
    }
}
