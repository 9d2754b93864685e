package org.apache.cloudstack.framework.dbupgrade.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Knows nodes that use the databases; an application that has a list of its own brings one. */
@FunctionalInterface
public interface NodeRegistry {

    /**
     * The nodes that live. One of which that cannot be determined lives.
     *
     * @param connection a connection to the database server; nothing is changed through it
     * @param self the name of the node that asks, which is left out
     * @throws SQLException when the server does not answer; a registry that does not exist there knows nobody
     */
    List<Node> live(Connection connection, String self) throws SQLException;
}
