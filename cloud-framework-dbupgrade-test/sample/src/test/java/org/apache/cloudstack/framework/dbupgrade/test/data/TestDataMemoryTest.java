package org.apache.cloudstack.framework.dbupgrade.test.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.Test;

/** Rows pass through; they are not collected. */
class TestDataMemoryTest {

    @Test
    void aHeapOf64MegabytesIsEnoughForAsManyRowsOfManyTimesThatSize(@UpgradeDatabase MigratedDatabase empty) {
        TestDatabase database = empty.server();
        database.run("""
                CREATE DATABASE cloud;
                CREATE TABLE cloud.vm (id BIGINT AUTO_INCREMENT PRIMARY KEY, uuid VARCHAR(40) UNIQUE, note BINARY(255) NOT NULL,
                  more BINARY(255) NOT NULL);
                CREATE TABLE cloud.router (id BIGINT PRIMARY KEY, note BINARY(255) NOT NULL, more BINARY(255) NOT NULL,
                  FOREIGN KEY (id) REFERENCES cloud.vm (id))""");

        try (ChildJvm process = TestDataProcess.start(database.server(), "router", 80_000)) {
            assertThat(process.awaitExit(Duration.ofMinutes(5)))
                    .as(process.output())
                    .isZero();
        }

        assertThat(database.count("cloud.router")).isEqualTo(80_000);
        assertThat(database.count("cloud.vm")).isEqualTo(80_000);
    }
}
