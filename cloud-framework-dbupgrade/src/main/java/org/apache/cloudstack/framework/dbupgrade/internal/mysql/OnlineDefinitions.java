package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.OnlineRewriting;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.AlterClause;

/**
 * How the two products are asked for a definition that leaves the table usable.
 *
 * @param product the product of the server
 */
public record OnlineDefinitions(ServerProduct product) implements OnlineRewriting {

    /** Not known, not supported, not supported for a reason. */
    private static final Set<Integer> REFUSED = Set.of(1800, 1845, 1846);

    /** As many row versions as there may be (4092), rows or columns that may grow too large (4093, 4157, 4158). */
    private static final Set<Integer> REFUSED_BY_MYSQL = Set.of(4092, 4093, 4157, 4158);

    /** Asks the server for its product. */
    public static OnlineDefinitions of(Connection connection) throws SQLException {
        return new OnlineDefinitions(DatabaseServer.of(connection).product());
    }

    @Override
    public List<String> textsToTry(String statement) {
        return AlterClause.textsToTry(statement, forms());
    }

    @Override
    public boolean isRefused(SQLException error) {
        return REFUSED.contains(error.getErrorCode())
                || product == ServerProduct.MYSQL && REFUSED_BY_MYSQL.contains(error.getErrorCode());
    }

    /**
     * MariaDB does at once whatever it can when asked for {@code INPLACE}; asked for {@code INSTANT} alone, MariaDB 10.11
     * copies the table without a word where its engine, the order of its rows or its partitions change.
     */
    private List<AlterClause> forms() {
        return switch (product) {
            case MYSQL -> List.of(AlterClause.INSTANT, AlterClause.IN_PLACE);
            case MARIADB -> List.of(AlterClause.IN_PLACE);
        };
    }
}
