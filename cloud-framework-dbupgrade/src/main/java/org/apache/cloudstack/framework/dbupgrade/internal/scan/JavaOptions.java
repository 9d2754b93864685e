package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.DeclaredFootprint;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.jspecify.annotations.Nullable;

/** What a class says about itself by {@link MigrationOptions}. */
final class JavaOptions {

    private static final String KEPT_IN_STEP =
            "phase-contradicted because both names of a rename are kept in step, so that servers of either go on";

    private final Class<?> type;
    private final @Nullable MigrationOptions options;

    JavaOptions(Class<?> type) {
        this.type = type;
        this.options = type.getAnnotation(MigrationOptions.class);
    }

    String revision() {
        return options == null ? "" : options.revision();
    }

    /** The identity that it had before its release was cut. */
    Optional<String> cutFrom() throws RejectedException {
        if (options == null || options.cutFrom().isEmpty()) {
            return Optional.empty();
        }
        if (revision().isEmpty() || !options.cutFrom().startsWith(ReleaseVersion.NEXT + "_")) {
            throw unusable("its cutFrom is written by the command that cuts a release, beside its revision");
        }
        return Optional.of(options.cutFrom());
    }

    List<String> reads() throws RejectedException {
        return options == null ? List.of() : names(options.reads());
    }

    List<String> writes() throws RejectedException {
        return options == null ? List.of() : names(options.writes());
    }

    private List<String> names(String... names) throws RejectedException {
        for (String name : names) {
            if (!DeclaredFootprint.isName(name)) {
                throw unusable("'" + name + "' in its reads or writes is not table or table.column");
            }
        }
        return List.of(names);
    }

    /** Refuses what only code needs that nobody can look into. */
    void refuseCode() throws RejectedException {
        boolean statesIdentity = !revision().isEmpty()
                || options != null
                        && (!options.sameAs().isEmpty() || !options.cutFrom().isEmpty());
        if (statesIdentity || !reads().isEmpty() || !writes().isEmpty()) {
            throw unusable(
                    "what it states defines its identity, reads and writes, so it gives no revision, sameAs, cutFrom, reads or writes");
        }
    }

    /** Of code that nobody can look into. */
    Directives directives() throws RejectedException {
        Directives directives = directives(new DirectiveRules(DirectiveRules.Subject.CLASS));
        if (directives.background()
                && (!directives.phase().equals(Optional.of(Phase.MIGRATE))
                        || reads().isEmpty() && writes().isEmpty())) {
            throw unusable(
                    "what runs in the background has phase=migrate, and states what it reads and writes, so that it"
                            + " is known what has to wait for it");
        }
        return directives;
    }

    /**
     * Of a class that states a change, whose definitions may not close tables.
     *
     * @param half the phase, when it is a half of a rename
     * @param copyWith the executable that it asks for
     */
    Directives directivesOfStated(Optional<Phase> half, Optional<CopyTool> copyWith) throws RejectedException {
        DirectiveRules rules = new DirectiveRules(DirectiveRules.Subject.SCRIPT);
        accept(rules, "online", "true");
        accept(rules, "copy-with", copyWith.map(CopyTool::program).orElse(""));
        if (half.isPresent() && (options == null || options.phase().isEmpty())) {
            accept(rules, "phase", half.get().name().toLowerCase(Locale.ROOT));
            accept(rules, "waive", KEPT_IN_STEP);
        }
        return directives(rules);
    }

    private Directives directives(DirectiveRules rules) throws RejectedException {
        if (options != null) {
            accept(rules, "sql_mode", options.sqlMode());
            accept(rules, "phase", options.phase());
            accept(rules, "reason", options.reason());
            accept(rules, "supersedes", options.supersedes());
            accept(rules, "commutes-with", options.commutesWith());
            accept(rules, "resolves", options.resolves());
            accept(rules, "waive", options.waive());
            accept(rules, "same-as", options.sameAs());
            accept(rules, "background", options.background() ? "true" : "");
        }
        return rules.directives();
    }

    private void accept(DirectiveRules rules, String key, String... values) throws RejectedException {
        List<String> given = Stream.of(values).filter(value -> !value.isEmpty()).toList();
        for (String value : given) {
            if (!rules.accept(key, value)) {
                throw unusable("its option " + key + "=" + value + " is not one of: " + rules.possibilities());
            }
        }
    }

    private RejectedException unusable(String why) {
        return new RejectedException(FindingCode.UNUSABLE_CLASS.about(type.getName(), why));
    }
}
