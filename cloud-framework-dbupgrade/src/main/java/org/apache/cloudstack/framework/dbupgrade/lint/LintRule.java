package org.apache.cloudstack.framework.dbupgrade.lint;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The rules. Each is named by its id in waivers and in docs/reference/lint-rules.md. */
public enum LintRule {
    NAME("name", "a name, a directive or a declaration breaks the rules", "Write it as conventions.md says."),
    PATCH_WITHOUT_REASON(
            "patch-without-reason",
            "a database change in a patch release has no stated reason",
            "State it at the head: '-- dbupgrade: reason=…', or bring the change in the next X.Y release."),
    PATCH_CHANGES_SCHEMA(
            "patch-changes-schema",
            "a patch release changes definitions, where data-only changes are preferred",
            "Bring it in the next X.Y release, or waive the rule with the reason why it cannot wait."),
    CONTRACT_IN_PATCH(
            "contract-in-patch",
            "a patch release takes something away that servers of its line still use",
            "Take it away in the next X.Y release, or waive the rule with the reason why it cannot wait."),
    PHASE_CONTRADICTED(
            "phase-contradicted",
            "the declared phase contradicts the statements",
            "Correct the phase, or move the statement to a migration of its own."),
    PHASE_MIXED(
            "phase-mixed",
            "a script takes something away, and does what need not wait for that",
            "Split it at that line, or let all of it wait: '-- dbupgrade: phase=contract'."),
    NOT_MERGED_FORWARD(
            "not-merged-forward",
            "a change of an older line is missing from the newest release",
            "Let a release of the newer line follow this one, or carry the same change there."),
    CONFLICT(
            "conflict",
            "two migrations of parallel lines do not commute",
            "Settle it in the release that joins the lines: '-- dbupgrade: resolves=…'."),
    HARMLESS_DIFFERENCE(
            "harmless-difference",
            "databases that came on different ways differ without harm, such as in the order of columns",
            "Place columns without AFTER and FIRST where both lines add some, or waive the rule."),
    UNKNOWN_EFFECT(
            "unknown-effect",
            "what a statement does cannot be determined",
            "Write the change as plain statements, or say what you looked at when you waive the rule."),
    NON_DETERMINISTIC(
            "non-deterministic",
            "a data change gives other results on other servers or at other times",
            "Use literal values, order what is limited, and derive ids from what is there."),
    LITERAL_ID(
            "literal-id",
            "a row gets a literal id in a table that may hold rows of operators",
            "Leave the id to the server, and look rows up by name or uuid."),
    CALL_BEFORE_CREATION(
            "call-before-creation",
            "a procedure is called before anything creates it",
            "Put it into R_<name>.sql with '-- dbupgrade: when=before', or create it earlier in the script."),
    DEPENDS_ON_ROWS(
            "depends-on-rows",
            "a definition depends on rows, so that old and fresh databases may differ",
            "State the definition plainly; bring data into shape in a statement of its own."),
    KEEPS_ROWS(
            "keeps-rows",
            "a statement changes rows of a table without transactions, which no rollback takes back",
            "Let the table be one of InnoDB, or waive the rule where the operator can see what was done."),
    SESSION_STRETCH(
            "session-stretch",
            "statements share something that ends with its session, so that the script cannot resume between them",
            "Use an ordinary table that the script drops, or waive the rule where the operator can see what was done."),
    VIEW_OF_ALL_COLUMNS(
            "view-of-all-columns",
            "a view selects *, which the server replaces with the columns of that moment",
            "Name the columns, so that the view changes when its script does."),
    CHARSET_WITHOUT_COLLATION(
            "charset-without-collation",
            "a character set comes without a collation, whose default depends on the server",
            "State the collation that the older tables have, such as 'COLLATE=utf8mb4_general_ci'."),
    UNKNOWN_WAIVER("unknown-waiver", "a rule that does not exist is waived", "Write the id of a lint rule.");

    private static final Set<LintRule> WARNINGS = EnumSet.of(
            PHASE_MIXED,
            UNKNOWN_EFFECT,
            NON_DETERMINISTIC,
            LITERAL_ID,
            DEPENDS_ON_ROWS,
            KEEPS_ROWS,
            SESSION_STRETCH,
            VIEW_OF_ALL_COLUMNS,
            CHARSET_WITHOUT_COLLATION);

    /** How much it matters that a rule is broken. */
    public enum Severity {
        /** It will stop an upgrade, or it breaks what was agreed on. */
        ERROR,
        /** It may do harm, which its author can judge. */
        WARNING,
        /** It does no harm. */
        NOTE
    }

    private final String id;
    private final String meaning;
    private final String remedy;

    LintRule(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The id, in lower case with dashes. */
    public String id() {
        return id;
    }

    /** How much it matters. */
    public Severity severity() {
        if (this == HARMLESS_DIFFERENCE) {
            return Severity.NOTE;
        }
        return WARNINGS.contains(this) ? Severity.WARNING : Severity.ERROR;
    }

    /** One phrase for the table of the manual. */
    public String meaning() {
        return meaning;
    }

    /** What to do instead. */
    public String remedy() {
        return remedy;
    }

    public static Optional<LintRule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
