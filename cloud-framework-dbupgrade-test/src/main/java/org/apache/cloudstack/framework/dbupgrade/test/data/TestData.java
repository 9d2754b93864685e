package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows for any table, so that migrations are tried on data. All keys of the tables hold: parents are made, or those that are
 * there are used; unique keys differ from row to row, and from rows that are there. What the server makes, such as ids that
 * it counts up and computed columns, is left to it.
 *
 * <pre>{@code
 * TestData.in(database)
 *         .rows("vm_instance", 100_000)
 *         .rows("cloud_usage.usage_event", 20_000, with("type").from("VM.CREATE", "VM.DESTROY"))
 *         .seed(42)
 *         .insert();
 * }</pre>
 *
 * <p>Without a rule, a column that may be NULL is NULL in 10 % of the rows; half of the rest have the default, where it is a
 * plain value; of what then remains 5 % are odd values: 0, the lowest and highest, the empty and the longest text (of strings
 * above 4096 characters 20 at most for a column, and none above 65,536), quotes, emoji where the character set has them.
 * Columns of unique keys count up instead. Dates are between 2000 and 2030 but for the odd ones.
 *
 * <p>An empty parent gets as many rows as unique keys demand, at least the square root of the number of its children; of
 * parents, the first 10,000 are referred to. Where foreign keys go round in a circle, up to 1,000 rows of a table are
 * linked by an UPDATE afterwards; rows that refer to their own table form trees.
 *
 * <p>The same seed on the same tables with the same contents makes the same rows. Rows are committed in portions, so that
 * those before a failure stay.
 */
public final class TestData {

    private static final Logger LOG = LoggerFactory.getLogger(TestData.class);
    private static final double EDGES = 0.05;

    private final DataSource dataSource;
    private final PauseFlag request;

    private TestData(DataSource dataSource, PauseFlag request) {
        this.dataSource = dataSource;
        this.request = request;
    }

    /** Data for the databases of a set of migrations. */
    public static TestData in(MigratedDatabase database) {
        return in(database.dataSource(), database.schemas());
    }

    /** Data for databases of a test. */
    public static TestData in(TestDatabase database, String... schemas) {
        return in(database.dataSource(), List.of(schemas));
    }

    /**
     * Data for databases of a server.
     *
     * @param schemas the names of the databases; a table written without one is searched for in this order
     */
    public static TestData in(DataSource dataSource, List<String> schemas) {
        return new TestData(
                dataSource, new PauseFlag(List.copyOf(schemas), Map.of(), Map.of(), 0, EDGES, System.nanoTime()));
    }

    /**
     * Rows of a table; of one named twice, the sum.
     *
     * @param table written {@code vm} or {@code cloud.vm}
     * @param count how many rows are added to those it has
     * @param rules what its columns hold
     * @throws IllegalArgumentException when the count is below 0
     */
    public TestData rows(String table, long count, ColumnRule... rules) {
        if (count < 0) {
            throw new IllegalArgumentException(count + " rows cannot be added to " + table);
        }
        return values(table, rules).as(current -> current.withRows(table, count));
    }

    /** What columns of a table hold, should it get rows by {@link #everywhere}, or as the parent of others. */
    public TestData values(String table, ColumnRule... rules) {
        return as(current -> current.withValues(table, List.of(rules)));
    }

    /**
     * Rows for every table that is empty; fewer where unique keys bear no more. Tables that the upgrade keeps for itself
     * are left alone.
     */
    public TestData everywhere(long count) {
        return as(current -> new PauseFlag(
                current.schemas(), current.counts(), current.values(), count, current.edges(), current.seed()));
    }

    /**
     * The share of odd values among those of a column; 5 % unless said.
     *
     * @param share from 0 for none to 1 for all
     */
    public TestData edgesIn(double share) {
        return as(current -> new PauseFlag(
                current.schemas(), current.counts(), current.values(), current.everywhere(), share, current.seed()));
    }

    /** Makes the same rows again. Without it each insertion has a seed of its own, which it logs. */
    public TestData seed(long seed) {
        return as(current -> new PauseFlag(
                current.schemas(), current.counts(), current.values(), current.everywhere(), current.edges(), seed));
    }

    private TestData as(UnaryOperator<PauseFlag> change) {
        return new TestData(dataSource, change.apply(request));
    }

    /**
     * Inserts the rows.
     *
     * @return how many rows each table got
     * @throws TestDataException when a table or column is not there, when more rows are asked for than unique keys bear, or
     *     when the server refuses rows, such as by a CHECK; it says what to do
     */
    public InsertedRows insert() {
        LOG.info("Making test data by seed {}; .seed({}L) makes the same again", request.seed(), request.seed());
        try (Connection connection = dataSource.getConnection();
                DataSession session = DataSession.begin(connection)) {
            return new Filling(connection, session, request).run();
        } catch (TestDataException e) {
            throw new TestDataException(e.getMessage() + " The seed was " + request.seed() + ".", e.getCause());
        } catch (SQLException e) {
            throw new TestDataException(
                    "Test data could not be inserted: error " + e.getErrorCode() + ", SQL state " + e.getSQLState()
                            + ". The seed was " + request.seed() + ".",
                    SafeCause.of(e));
        }
    }
}
