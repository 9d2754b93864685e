package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * A script with what its statements mean for older nodes.
 *
 * @param statements the statements, in order
 */
public record ScriptPhase(List<StatementPhase> statements) {

    public ScriptPhase {
        statements = List.copyOf(statements);
    }

    /** A script that cannot be split into statements, so that nothing is known of it. */
    public static ScriptPhase unreadable(String reason) {
        return new ScriptPhase(
                List.of(new StatementPhase(Analysis.unknown(new SqlStatement(1, 1, ""), reason), List.of())));
    }

    /**
     * The phase of the whole: {@link Phase#CONTRACT} when one statement must wait, else {@link Phase#EXPAND} when one changes
     * a definition, else {@link Phase#MIGRATE}.
     */
    public Phase phase() {
        return Phases.latest(statements.stream().map(StatementPhase::phase).flatMap(Optional::stream))
                .orElse(Phase.MIGRATE);
    }

    /** The first statement that takes something away, or of which that is not known. */
    public Optional<StatementPhase> firstContract() {
        return first(Phase.CONTRACT);
    }

    /** The first statement that surely takes something away. */
    public Optional<StatementPhase> firstSureContract() {
        return statements.stream()
                .filter(each -> is(each, Phase.CONTRACT) && !each.isUnsure())
                .findFirst();
    }

    /** The first statement of a phase. */
    public Optional<StatementPhase> first(Phase phase) {
        return statements.stream().filter(each -> is(each, phase)).findFirst();
    }

    /**
     * The statement before which the script is to be split, as what must wait stands together with what need not; it is the
     * first that belongs to the other side, or the first that belongs to both.
     */
    public Optional<StatementPhase> split() {
        Optional<Boolean> side = Optional.empty();
        for (StatementPhase statement : statements) {
            Optional<Boolean> its = statement.phase().map(phase -> phase == Phase.CONTRACT);
            if (statement.isMixed() || its.isPresent() && side.isPresent() && !its.equals(side)) {
                return Optional.of(statement);
            }
            side = side.or(() -> its);
        }
        return Optional.empty();
    }

    private static boolean is(StatementPhase statement, Phase phase) {
        return statement.phase().equals(Optional.of(phase));
    }
}
