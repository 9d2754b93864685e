package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;

/**
 * Looks for the effect of a call of a procedure. What a procedure does is read from the body that the
 * server has. A call is several statements to the server, so it may have had part of its effect.
 */
final class CallEffects {

    private final Connection connection;
    private final String schema;

    CallEffects(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    DdlOutcome lookUp(List<SqlStatement> statements, Analysis last) throws SQLException {
        Analysis call = last;
        if (last.unknown().isPresent()) {
            List<Analysis> again =
                    new StatementAnalyzer(PresentProcedures.read(connection, last.calls())).analyze(statements, schema);
            call = again.get(again.size() - 1);
        }
        if (call.unknown().isPresent()) {
            return DdlOutcome.UNCLEAR;
        }
        Definitions definitions = new Definitions(connection);
        for (Operation operation : call.operations()) {
            boolean isHarmless =
                    operation instanceof SessionOperation && !(operation instanceof SessionOperation.ControlTransaction)
                            || operation instanceof RowOperation.ReadRows
                            || isGuarded(operation)
                            || DefinitionEffects.isRepeatable(operation);
            if (!isHarmless && DefinitionEffects.effect(definitions, operation) != DdlOutcome.NOT_DONE) {
                return DdlOutcome.UNCLEAR;
            }
        }
        return DdlOutcome.NOT_DONE;
    }

    /** Whether the procedure does nothing where it is done already. */
    private static boolean isGuarded(Operation operation) {
        return operation instanceof KeyOperation.AddIndex add && add.ifNotExists()
                || operation instanceof KeyOperation.DropIndex drop && drop.ifExists()
                || operation instanceof KeyOperation.AddForeignKey foreign && foreign.ifNotExists()
                || operation instanceof KeyOperation.DropForeignKey key && key.ifExists()
                || operation instanceof KeyOperation.DropConstraint constraint && constraint.ifExists()
                || operation instanceof ColumnOperation.ChangeColumn change && change.ifExists();
    }
}
