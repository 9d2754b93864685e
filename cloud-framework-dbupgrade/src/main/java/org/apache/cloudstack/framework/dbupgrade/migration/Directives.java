package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;

/**
 * What the head of a script, or the annotation of a class, says about it.
 *
 * @param sqlMode the {@code sql_mode} to run under instead of the pinned one
 * @param when when a repeatable runs
 * @param phase the phase stated by its author
 * @param reason why it is there, where conventions.md asks for a reason
 */
public record Directives(Optional<String> sqlMode, When when, Optional<Phase> phase, Optional<String> reason) {

    /** When a repeatable runs. */
    public enum When {
        /** Before the versioned migrations, such as procedures that they call. */
        BEFORE,
        /** After them, such as views. */
        AFTER
    }

    static final Directives NONE = new Directives(Optional.empty(), When.AFTER, Optional.empty(), Optional.empty());

    Directives withSqlMode(String sqlMode) {
        return new Directives(Optional.of(sqlMode), when, phase, reason);
    }

    Directives withWhen(When when) {
        return new Directives(sqlMode, when, phase, reason);
    }

    Directives withPhase(Phase phase) {
        return new Directives(sqlMode, when, Optional.of(phase), reason);
    }

    Directives withReason(String reason) {
        return new Directives(sqlMode, when, phase, Optional.of(reason));
    }
}
