package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Definitions that are made only where something is missing, or is there, on servers that do not know the words for it. */
@FunctionalInterface
public interface GuardedDefinitions {

    /** Leaves the condition to the server. */
    GuardedDefinitions OF_THE_SERVER = (connection, statement) -> Optional.of(statement.text());

    /** The text to send; empty when there is nothing left to do. */
    Optional<String> textToSend(Connection connection, SqlStatement statement) throws SQLException;
}
