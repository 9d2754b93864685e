package org.apache.cloudstack.framework.dbupgrade.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The least that a start can do which looks at the database at all: connect, and read one row. */
final class OneRow implements Contender {

    @Override
    public void apply(Login login) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE state (release_version VARCHAR(32) NOT NULL)");
            statement.execute("INSERT INTO state (release_version) VALUES ('1.0.0')");
        }
    }

    @Override
    public void start(Login login) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT release_version FROM state")) {
            if (!found.next() || found.getString(1).isEmpty()) {
                throw new IllegalStateException("The row is missing");
            }
        }
    }
}
