package org.apache.cloudstack.framework.dbupgrade.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One changed property is one difference, which names its object. */
class PlantedDifferenceTest {

    private static final String SCHEMA = """
            CREATE DATABASE cloud;
            CREATE TABLE cloud.p (id INT PRIMARY KEY, n VARCHAR(20), KEY i_n (n), CONSTRAINT c_id CHECK (id > 0));
            CREATE TABLE cloud.r (id INT, y INT) PARTITION BY RANGE (y) \
            (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE);
            CREATE TABLE cloud.h (id INT) PARTITION BY HASH (id) PARTITIONS 2;
            CREATE VIEW cloud.v AS SELECT id FROM cloud.p WHERE id > 5;
            CREATE PROCEDURE cloud.pr() SELECT 1;
            CREATE TRIGGER cloud.t1 BEFORE INSERT ON cloud.p FOR EACH ROW SET NEW.n = 'a';
            CREATE TRIGGER cloud.t2 BEFORE INSERT ON cloud.p FOR EACH ROW SET NEW.n = 'b'""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    both    | ALTER TABLE cloud.r DROP PARTITION p0                                | table cloud.r
                    both    | ALTER TABLE cloud.r REMOVE PARTITIONING                              | table cloud.r
                    both    | ALTER TABLE cloud.h ADD PARTITION PARTITIONS 1                       | table cloud.h
                    both    | ALTER TABLE cloud.h PARTITION BY KEY (id) PARTITIONS 2               | table cloud.h
                    MariaDB | ALTER TABLE cloud.p ADD SYSTEM VERSIONING                            | table cloud.p
                    MariaDB | ALTER TABLE cloud.p ALTER INDEX i_n IGNORED                          | index cloud.p.i_n
                    MySQL   | ALTER TABLE cloud.p ALTER INDEX i_n INVISIBLE                        | index cloud.p.i_n
                    MySQL   | ALTER TABLE cloud.p ALTER CHECK c_id NOT ENFORCED                    | check cloud.p.c_id
                    both    | CREATE OR REPLACE VIEW cloud.v AS SELECT id FROM cloud.p WHERE id > 5 WITH LOCAL CHECK OPTION | view cloud.v
                    both    | CREATE OR REPLACE VIEW cloud.v AS SELECT id FROM cloud.p WHERE id > 5 WITH CASCADED CHECK OPTION | view cloud.v
                    both    | CREATE OR REPLACE SQL SECURITY INVOKER VIEW cloud.v AS SELECT id FROM cloud.p WHERE id > 5 | view cloud.v
                    both    | ALTER PROCEDURE cloud.pr SQL SECURITY INVOKER                        | procedure cloud.pr
                    both    | ALTER PROCEDURE cloud.pr READS SQL DATA                              | procedure cloud.pr
                    both    | DROP PROCEDURE cloud.pr; CREATE PROCEDURE cloud.pr() DETERMINISTIC SELECT 1 | procedure cloud.pr
                    both    | DROP PROCEDURE cloud.pr; SET sql_mode = 'PIPES_AS_CONCAT'; CREATE PROCEDURE cloud.pr() SELECT 1 | procedure cloud.pr
                    both    | DROP TRIGGER cloud.t2; SET sql_mode = 'PIPES_AS_CONCAT'; CREATE TRIGGER cloud.t2 BEFORE INSERT ON cloud.p FOR EACH ROW SET NEW.n = 'b' | trigger cloud.p.t2
                    """)
    void oneChangedPropertyIsOneDifference(String product, String change, String difference) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(TestServers.shared());
                Connection connection = database.dataSource().getConnection()) {
            boolean mariaDb = new Catalog(connection).isMariaDb();
            assumeTrue(product.equals("both") || product.equals(mariaDb ? "MariaDB" : "MySQL"));
            run(connection, SCHEMA);
            SchemaSnapshot before = read(connection);

            run(connection, change);

            assertThat(read(connection).differencesFrom(before))
                    .singleElement()
                    .asString()
                    .startsWith(difference);
        }
    }

    @ParameterizedTest
    @CsvSource({"cloud.t1", "cloud.t2"})
    void theOrderOfTriggersIsSeen(String recreatedLast) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(TestServers.shared());
                Connection connection = database.dataSource().getConnection()) {
            run(connection, SCHEMA);
            SchemaSnapshot before = read(connection);
            String value = recreatedLast.endsWith("1") ? "'a'" : "'b'";

            run(
                    connection,
                    "DROP TRIGGER " + recreatedLast + "; CREATE TRIGGER " + recreatedLast
                            + " BEFORE INSERT ON cloud.p FOR EACH ROW SET NEW.n = " + value);

            assertThat(read(connection).differencesFrom(before)).hasSize(recreatedLast.endsWith("1") ? 2 : 0);
        }
    }

    private static SchemaSnapshot read(Connection connection) throws SQLException {
        return SchemaSnapshot.read(connection, List.of("cloud"));
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String part : script.split(";\\s*")) {
                statement.execute(part);
            }
        }
    }
}
