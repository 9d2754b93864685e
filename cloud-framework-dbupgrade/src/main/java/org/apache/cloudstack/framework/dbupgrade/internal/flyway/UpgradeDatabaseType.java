package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.mysql.MySQLConnection;
import org.flywaydb.database.mysql.MySQLDatabase;
import org.flywaydb.database.mysql.MySQLDatabaseType;

/**
 * Flyway's plug-in for the connection of an upgrade, and for no other: the application's own Flyway never meets it. The
 * upgrade holds the lease and pins the session, so Flyway neither locks its history nor resets the session, and asks the
 * catalog for its history once.
 */
public final class UpgradeDatabaseType extends MySQLDatabaseType {

    /** For Flyway, which finds its plug-ins as services. */
    public UpgradeDatabaseType() {}

    @Override
    public String getName() {
        return "MySQL or MariaDB during an upgrade";
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean handlesJDBCUrl(String url) {
        return false;
    }

    @Override
    public boolean handlesDatabaseProductNameAndVersion(String product, String version, Connection connection) {
        return connection instanceof UpgradeConnection;
    }

    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        return new UpgradeDatabase(configuration, connections, interceptor);
    }

    private static final class UpgradeDatabase extends MySQLDatabase {

        UpgradeDatabase(
                Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
            super(configuration, connections, interceptor);
        }

        @Override
        protected MySQLConnection doGetConnection(Connection connection) {
            return new PinnedConnection(this, connection);
        }

        @Override
        public boolean useSingleConnection() {
            return true;
        }

        /** The upgrade has refused what it does not support. */
        @Override
        public void ensureSupported(Configuration configuration) {}

        @Override
        protected MigrationVersion determineVersion() {
            return MigrationVersion.LATEST;
        }

        @Override
        public String doQuote(String identifier) {
            return Identifier.quote(identifier);
        }
    }

    private static final class PinnedConnection extends MySQLConnection {

        PinnedConnection(MySQLDatabase database, Connection connection) {
            super(database, connection);
        }

        @Override
        protected void doRestoreOriginalState() {}

        @Override
        public void doChangeCurrentSchemaOrSearchPathTo(String schema) {}

        @Override
        public Schema<?, ?> getSchema(String name) {
            return new PresentSchema(this, database, name);
        }

        /** The lease excludes other upgrades. */
        @Override
        @SuppressWarnings("rawtypes") // as Flyway declares it
        public <T> T lock(Table table, Callable<T> callable) {
            try {
                return callable.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A database that the upgrade has made, and whose origin it knows. */
    private static final class PresentSchema extends Schema<MySQLDatabase, HistoryTable> {

        PresentSchema(MySQLConnection connection, MySQLDatabase database, String name) {
            super(connection.getJdbcTemplate(), database, name);
        }

        @Override
        protected boolean doExists() {
            return true;
        }

        @Override
        protected boolean doEmpty() {
            return true;
        }

        @Override
        public Table<?, ?> getTable(String table) {
            return new HistoryTable(this, database, table);
        }

        @Override
        protected void doCreate() {
            throw new UnsupportedOperationException("The upgrade creates databases");
        }

        @Override
        protected void doDrop() {
            throw new UnsupportedOperationException("The upgrade drops no database");
        }

        @Override
        protected void doClean() {
            throw new UnsupportedOperationException("The upgrade cleans no database");
        }

        @Override
        protected HistoryTable[] doAllTables() {
            throw new UnsupportedOperationException("The upgrade lists no tables");
        }

        private JdbcTemplate template() {
            return jdbcTemplate;
        }
    }

    private static final class HistoryTable extends Table<MySQLDatabase, PresentSchema> {

        private boolean exists;

        HistoryTable(PresentSchema schema, MySQLDatabase database, String name) {
            super(schema.template(), database, schema, name);
        }

        @Override
        protected boolean doExists() throws SQLException {
            exists = exists || exists(schema, null, name);
            return exists;
        }

        @Override
        protected void doLock() {}

        @Override
        protected void doDrop() {
            throw new UnsupportedOperationException("The upgrade drops no history");
        }
    }
}
