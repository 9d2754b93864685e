package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.SecondConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Pools and servers that an application may be configured with. */
class SpringPoolTest extends SpringTest {

    @Test
    void aPoolOfOneConnectionIsEnough() {
        application(LINE)
                .withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=1000")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void whatGoesOnBesideAnUpgradeHasAConnectionOfItsOwn() throws SQLException {
        try (HikariDataSource pool = pool(1);
                Connection only = pool.getConnection();
                Connection second = SecondConnections.of(new LazyConnectionDataSourceProxy(pool))
                        .getConnection()) {
            assertThat(second.isValid(1)).isTrue();
            assertThat(only.isValid(1)).isTrue();
        }
    }

    @Test
    void aLargerPoolGivesThatConnectionItself() {
        try (HikariDataSource pool = pool(2)) {
            assertThat(SecondConnections.of(pool)).isSameAs(pool);
        }
    }

    @Test
    void aPoolOfReadOnlyConnectionsIsTold() {
        application(LINE).run(context -> assertThat(context).hasNotFailed());

        for (String location : new String[] {LINE, BROKEN}) {
            application(location)
                    .withPropertyValues("spring.datasource.hikari.read-only=true")
                    .run(context -> {
                        assertThat(context.getStartupFailure())
                                .hasStackTraceContaining(FindingCode.SERVER_READ_ONLY.name());
                        assertThat(analysis(context).getAction()).contains("spring.datasource.hikari.read-only=false");
                    });
        }
    }

    @Test
    void anEmptyDatabaseBehindAPoolOfReadOnlyConnectionsIsLeftAlone() {
        application(LINE)
                .withPropertyValues("spring.datasource.hikari.read-only=true")
                .run(context ->
                        assertThat(analysis(context).getAction()).contains("spring.datasource.hikari.read-only=false"));

        assertThat(database.rows("SHOW DATABASES LIKE 'cloud'")).isEmpty();
    }

    @Test
    void anotherProductIsKnownBeforeItIsSentAnything() {
        application(LINE)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:spring;MODE=MySQL",
                        "spring.datasource.username=sa",
                        "spring.datasource.password=")
                .run(context -> {
                    assertThat(context.getStartupFailure())
                            .hasStackTraceContaining(FindingCode.UNSUPPORTED_SERVER.name());
                    assertThat(analysis(context).getDescription()).contains("H2 2.");
                    assertThat(analysis(context).getAction())
                            .contains("@AutoConfigureTestDatabase(replace = Replace.NONE)");
                });
    }

    @Test
    void anotherProductIsKnownWhenNothingIsDoneAtTheStart() {
        application(LINE)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:spring",
                        "spring.datasource.username=sa",
                        "spring.datasource.password=",
                        "cloud.dbupgrade.mode=off")
                .run(context -> assertThat(
                                context.getBean(DatabaseUpgrade.class).status().findings())
                        .extracting(finding -> finding.code().name())
                        .containsExactly(FindingCode.UNSUPPORTED_SERVER.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "lease-duration, 30, 30s",
        "progress-interval, 10, 10s",
        "node-timeout, 1s, three times",
        "lock-wait, 10ms, one second",
        "throttle.max-replica-lag, 5, 5s",
        "deferred-interval, 0s, longer than 0"
    })
    void aTimeThatCannotBeUsedIsToldWithItsProperty(String name, String value, String told) {
        application(LINE)
                .withPropertyValues("cloud.dbupgrade." + name + "=" + value)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("InvalidConfigurationPropertyValueException")
                        .hasStackTraceContaining("cloud.dbupgrade." + name)
                        .hasStackTraceContaining(told));
    }

    private HikariDataSource pool(int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.server().user());
        pool.setPassword(database.server().password());
        pool.setMaximumPoolSize(size);
        return pool;
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return Objects.requireNonNull(
                new DatabaseUpgradeFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
    }
}
