package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Proxies of data sources, of which some connect later than they say. */
@UpgradeDatabase
class LateConnectionsTest {

    @TempDir
    Path folder;

    static Stream<Named<UnaryOperator<DataSource>>> proxies() {
        return Stream.of(
                Named.of("lazy", LateConnectionsTest::lazy),
                Named.of("transaction-aware", TransactionAwareDataSourceProxy::new),
                Named.of("both", target -> new TransactionAwareDataSourceProxy(lazy(target))),
                Named.of("plain around lazy", target -> new DelegatingDataSource(lazy(target))),
                Named.of("routing", Routing::new));
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void aConnectionThatBreaksIsOpenedAgainWhenTheServerTakesItAgain(
            UnaryOperator<DataSource> proxy, MigratedDatabase empty) {
        MigratedDatabase database = empty.withMigrations(new MigrationFolder(folder)
                .with("V_400_A__install.sql", "CREATE TABLE one (id INT);\nINSERT INTO one VALUES (1);"));
        Breakable breakable = new Breakable(database);

        database.upgradeOn(proxy.apply(breakable), database.settings())
                .listeners(List.of((UpgradeListener) event -> {
                    if (event instanceof UpgradeEvent.Started) {
                        breakable.breakOnce();
                    }
                }))
                .build()
                .upgrade();

        assertThat(breakable.refused).isEqualTo(2);
        assertThat(database.server().count("cloud.one")).isOne();
    }

    private static DataSource lazy(DataSource target) {
        LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(target);
        proxy.setDefaultAutoCommit(true);
        proxy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return proxy;
    }

    private static final class Routing extends AbstractRoutingDataSource {

        Routing(DataSource target) {
            setTargetDataSources(java.util.Map.of("one", target));
            setDefaultTargetDataSource(target);
            afterPropertiesSet();
        }

        @Override
        protected Object determineCurrentLookupKey() {
            return "one";
        }
    }

    /** Kills its last connection, and refuses the next two. */
    private static final class Breakable extends DelegatingDataSource {

        private final MigratedDatabase database;
        private long last;
        private int toRefuse;
        private int refused;

        Breakable(MigratedDatabase database) {
            super(database.dataSource());
            this.database = database;
        }

        void breakOnce() {
            if (refused == 0) {
                database.run("KILL CONNECTION " + last);
                toRefuse = 2;
            }
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (toRefuse > refused) {
                refused++;
                throw new SQLException("the server is away", "08001");
            }
            Connection connection = super.getConnection();
            last = ServerConnections.idOf(connection);
            return connection;
        }
    }
}
