package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptPhase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementPhase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/**
 * A migration together with what is known of its statements.
 *
 * @param migration the migration or repeatable
 * @param phases its statements, in order, with what they mean for older nodes; none for Java
 */
record MigrationReading(Migration migration, ScriptPhase phases) {

    Stream<Operation> operations() {
        return statements().stream().flatMap(each -> each.operations().stream());
    }

    List<Analysis> statements() {
        return phases.statements().stream().map(StatementPhase::statement).toList();
    }

    /**
     * The first statement that takes something away from older nodes; what is not known counts, as long as the author
     * says nothing.
     */
    Optional<StatementPhase> firstContract() {
        return migration.directives().phase().isPresent() ? phases.firstSureContract() : phases.firstContract();
    }

    /** The first statement that changes the definition of a table, rather than rows. */
    Optional<Analysis> firstDefinition() {
        return firstWith(operation -> operation instanceof ColumnOperation
                || operation instanceof KeyOperation
                || operation instanceof DatabaseOperation
                || isDefinition(operation));
    }

    private static boolean isDefinition(Operation operation) {
        return operation instanceof TableOperation table
                && !(table instanceof TableOperation.MaintainTable)
                && !(table instanceof TableOperation.TruncateTable);
    }

    private Optional<Analysis> firstWith(java.util.function.Predicate<Operation> condition) {
        return statements().stream()
                .filter(each -> each.operations().stream().anyMatch(condition))
                .findFirst();
    }
}
