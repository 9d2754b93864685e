package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.GuardedDefinitions;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ExistenceGuard;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * For MySQL, looks itself whether a column or a key is there. A statement with several parts of which only some already
 * exist is sent, and fails with the name of one of them.
 *
 * @param product the product of the server
 */
public record IfExistsEmulation(ServerProduct product) implements GuardedDefinitions {

    @Override
    public Optional<String> textToSend(Connection connection, SqlStatement statement) throws SQLException {
        boolean mayHaveSome = product == ServerProduct.MYSQL && statement.isDefinition();
        Optional<String> plain = mayHaveSome ? ExistenceGuard.takenFrom(statement.text()) : Optional.empty();
        if (plain.isEmpty()) {
            return Optional.of(statement.text());
        }
        DdlOutcome effect = DefinitionEffects.byName(currentDatabase(connection))
                .lookUp(connection, List.of(new SqlStatement(1, 1, plain.get())))
                .effect();
        return effect == DdlOutcome.DONE ? Optional.empty() : plain;
    }

    private static String currentDatabase(Connection connection) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SELECT COALESCE(DATABASE(), '')")) {
            row.next();
            return row.getString(1);
        }
    }
}
