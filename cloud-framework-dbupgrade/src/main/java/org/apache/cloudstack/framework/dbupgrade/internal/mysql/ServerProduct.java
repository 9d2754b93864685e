package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/** The two products, whose differences matter. */
public enum ServerProduct {
    /** Oracle's MySQL and what is compatible with it. */
    MYSQL("MySQL"),
    /** MariaDB. */
    MARIADB("MariaDB");

    private static final String IN_TESTS =
            " A test that puts an embedded database in the server's place, such as @DataJpaTest or"
                    + " @JdbcTest, needs @AutoConfigureTestDatabase(replace = Replace.NONE).";

    private final String title;

    ServerProduct(String title) {
        this.title = title;
    }

    /**
     * Why the server of a connection cannot be used; empty when it is one of the two products. The driver reports, so that another
     * product is sent nothing that it would not understand.
     */
    public static Optional<Finding> objection(DatabaseMetaData server) throws SQLException {
        String name = String.valueOf(server.getDatabaseProductName());
        boolean isKnown = Stream.of(values())
                .anyMatch(product -> name.toLowerCase(Locale.ROOT).contains(product.title.toLowerCase(Locale.ROOT)));
        return isKnown
                ? Optional.empty()
                : Optional.of(FindingCode.UNSUPPORTED_SERVER.about(
                        name + " " + server.getDatabaseProductVersion(), IN_TESTS));
    }

    @Override
    public String toString() {
        return title;
    }
}
