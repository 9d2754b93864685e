package org.apache.cloudstack.framework.dbupgrade.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The way into a database, of which every contender opens as many connections as it wants.
 *
 * @param url with the database selected
 */
record Login(String url, String user, String password) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
