package org.apache.cloudstack.framework.dbupgrade.lint;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that a migration breaks, with all its places.
 *
 * @param rule the rule
 * @param script the file or class
 * @param line the line of the first place, from 1; 0 when it is about the whole
 * @param problem what was found there, with names
 * @param further the other places in the same script
 */
public record LintFinding(LintRule rule, String script, int line, String problem, List<Place> further) {

    private static final int SHOWN = 2;

    /** Another place where the same script breaks the same rule. */
    public record Place(int line, String problem) {}

    public LintFinding {
        further = List.copyOf(further);
    }

    /** A finding with one place. */
    public LintFinding(LintRule rule, String script, int line, String problem) {
        this(rule, script, line, problem, List.of());
    }

    /** How many places it has. */
    public int count() {
        return 1 + further.size();
    }

    /** The same finding with the places of others of its script and rule. */
    public LintFinding with(List<LintFinding> others) {
        return new LintFinding(
                rule,
                script,
                line,
                problem,
                others.stream()
                        .map(other -> new Place(other.line(), other.problem()))
                        .toList());
    }

    @Override
    public String toString() {
        String place = line == 0 ? script : script + ":" + line;
        return place + ": [" + rule + "] " + problem + more() + ". " + rule.remedy();
    }

    private String more() {
        if (further.isEmpty()) {
            return "";
        }
        String shown = further.stream()
                .limit(SHOWN)
                .map(each -> each.line() == 0 ? each.problem() : "line " + each.line() + " (" + each.problem() + ")")
                .collect(Collectors.joining(", "));
        int rest = further.size() - SHOWN;
        return "; also " + shown + (rest > 0 ? " and at " + rest + (rest == 1 ? " more place" : " more places") : "");
    }
}
