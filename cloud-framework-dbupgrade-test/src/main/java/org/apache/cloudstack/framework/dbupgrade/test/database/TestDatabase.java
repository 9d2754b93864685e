package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A server without the databases that tests make, for one test. Scripts contain the names {@code cloud} and
 * {@code cloud_usage}, so only one test at a time can use a server; <strong>databases of these names are
 * dropped</strong> at the beginning and at the end, no matter who made them.
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabase.fresh(TestServers.shared())) {
 *     database.run("CREATE DATABASE cloud; CREATE TABLE cloud.vm (id BIGINT)");
 *     assertThat(database.count("cloud.vm")).isZero();
 * }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    private static final List<String> ALWAYS = List.of("cloud", "cloud_usage");
    private static final Pattern PLAIN_NAME = Pattern.compile("\\w+(\\.\\w+)?");

    private final DatabaseServer server;
    private final JdbcTemplate scripts;
    private final Set<String> names;

    private TestDatabase(DatabaseServer server, Set<String> names) {
        this.server = server;
        this.names = names;
        this.scripts = new JdbcTemplate(new DriverManagerDataSource(
                ServerUrl.parse(server.jdbcUrl()).withOption("allowMultiQueries=true"),
                server.user(),
                server.password()));
    }

    /**
     * Drops {@code cloud}, {@code cloud_usage} and the others named, where they exist.
     *
     * @param others further databases that the test makes
     */
    public static TestDatabase fresh(DatabaseServer server, String... others) {
        TestDatabase database = present(server, others);
        database.dropAll();
        return database;
    }

    /**
     * The databases as they are; {@link #close()} drops them.
     *
     * @param others further databases that the test makes
     */
    public static TestDatabase present(DatabaseServer server, String... others) {
        Set<String> names = new LinkedHashSet<>(ALWAYS);
        names.addAll(List.of(others));
        return new TestDatabase(server, names);
    }

    /** The names of the databases. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** The server it is on. */
    public DatabaseServer server() {
        return server;
    }

    /** Connections with no database selected, not pooled. */
    public DataSource dataSource() {
        return server.dataSource();
    }

    /** The URL with no database selected. */
    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    /** Queries with no database selected: tables are written {@code cloud.vm}. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /**
     * Runs one or more statements with semicolons between them, on one connection with no database selected. There is
     * no {@code DELIMITER}: the body of a routine is passed as it is.
     *
     * @throws org.springframework.dao.DataAccessException when one of them fails; those before it have run
     */
    public void run(String sql) {
        scripts.execute((ConnectionCallback<Integer>) connection -> runAll(connection, sql));
    }

    /** The rows of a query, by column label in the order of the query. */
    public List<Map<String, Object>> rows(String sql) {
        return scripts.queryForList(sql);
    }

    /** How many rows a table has, written {@code cloud.vm}. */
    public long count(String table) {
        return jdbc().sql("SELECT COUNT(*) FROM " + plain(table))
                .query(Long.class)
                .single();
    }

    /** Drops the databases again, so that a server which lives on is left as it was. */
    @Override
    public void close() {
        dropAll();
    }

    private void dropAll() {
        // A connection that a test forgot would otherwise hold its table, and this statement, for ever.
        StringBuilder drops = new StringBuilder("SET SESSION lock_wait_timeout = 30, foreign_key_checks = 0");
        names.forEach(name -> drops.append("; DROP DATABASE IF EXISTS ").append(Identifier.quote(name)));
        run(drops.toString());
    }

    private static int runAll(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int results = 1;
            statement.execute(sql);
            // The error of a later statement shows only when its result is asked for.
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                results++;
            }
            return results;
        }
    }

    /** A name cannot be bound as a value, so only names that need no quoting are let through. */
    private static String plain(String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a name of letters, digits and underscores");
        }
        return name;
    }
}
