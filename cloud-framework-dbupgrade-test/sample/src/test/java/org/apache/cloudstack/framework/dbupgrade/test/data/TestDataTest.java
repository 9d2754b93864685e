package org.apache.cloudstack.framework.dbupgrade.test.data;

import static org.apache.cloudstack.framework.dbupgrade.test.data.ColumnRule.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What rows hold, and how many there can be. */
@UpgradeDatabase
class TestDataTest {

    private static final long SEED = 42;

    private TestDatabase database;

    @BeforeEach
    void create(MigratedDatabase empty) {
        database = empty.server();
        database.run("CREATE DATABASE cloud CHARACTER SET utf8mb4; CREATE DATABASE cloud_usage CHARACTER SET utf8mb4");
    }

    private TestData data() {
        return TestData.in(database, "cloud", "cloud_usage").seed(SEED);
    }

    private long number(String query) {
        return database.jdbc().sql(query).query(Long.class).single();
    }

    @Test
    void everyTypeGetsDifferentValuesAndItsOddOnes() {
        database.run("""
                CREATE TABLE cloud.one_of_each (
                  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
                  t TINYINT, tu TINYINT UNSIGNED, b TINYINT(1), s SMALLINT, m MEDIUMINT UNSIGNED, i INT, l BIGINT,
                  lu BIGINT UNSIGNED, d DECIMAL(30,10), dp DECIMAL(3), f FLOAT, db DOUBLE, bits BIT(13), bits64 BIT(64),
                  c CHAR(10), v VARCHAR(50), a VARCHAR(50) CHARACTER SET ascii, w VARCHAR(50) CHARACTER SET latin1,
                  u3 VARCHAR(50) CHARACTER SET utf8mb3, tt TINYTEXT, tx TEXT CHARACTER SET latin1, txu TEXT,
                  mt MEDIUMTEXT, lt LONGTEXT, one CHAR(1), fixed BINARY(16), vb VARBINARY(30), bl BLOB, lb LONGBLOB,
                  e ENUM('x','it''s','a,b') NOT NULL, st SET('p','q','r'), da DATE, ti TIME(3), dt DATETIME(6), dts DATETIME,
                  ts TIMESTAMP NULL, y YEAR, j JSON, p POINT, g GEOMETRY, poly POLYGON,
                  doubled INT GENERATED ALWAYS AS (s * 2) VIRTUAL, label VARCHAR(60) GENERATED ALWAYS AS (UPPER(v)) STORED,
                  created TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)""");

        data().edgesIn(0.3).rows("one_of_each", 2000).insert();

        assertThat(database.count("cloud.one_of_each")).isEqualTo(2000);
        for (String column : List.of(
                "t", "tu", "s", "m", "i", "l", "lu", "d", "dp", "f", "db", "bits", "bits64", "c", "v", "a", "w", "u3",
                "tt", "tx", "txu", "mt", "lt", "one", "fixed", "vb", "bl", "lb", "da", "ti", "dt", "dts", "ts", "j",
                "p", "g", "poly", "created")) {
            assertThat(number("SELECT COUNT(DISTINCT " + column + ") FROM cloud.one_of_each"))
                    .as("different values of " + column)
                    .isGreaterThan(10);
        }
        assertThat(number("SELECT COUNT(DISTINCT e) + COUNT(DISTINCT st) + COUNT(DISTINCT b) FROM cloud.one_of_each"))
                .isEqualTo(3 + 8 + 2);
        for (String odd : List.of(
                "lu = 18446744073709551615",
                "l = -9223372036854775808",
                "d = -99999999999999999999.9999999999",
                "bits64 = 18446744073709551615",
                "v = ''",
                "v IS NULL",
                "CHAR_LENGTH(v) = 50 AND LENGTH(v) = 200",
                "CHAR_LENGTH(u3) = 50 AND LENGTH(u3) = 150",
                "LENGTH(tt) > 250",
                "LENGTH(tx) = 65535",
                "LENGTH(txu) = 65532",
                "LENGTH(lb) = 65536",
                "da = '9999-12-31'",
                "ti = '-838:59:59'",
                "ts = '2038-01-19 03:14:07' + INTERVAL 0 SECOND")) {
            assertThat(number("SELECT COUNT(*) FROM cloud.one_of_each WHERE " + odd))
                    .as(odd)
                    .isPositive();
        }
        assertThat(number("SELECT COUNT(*) FROM cloud.one_of_each WHERE LENGTH(tx) = 65535"))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void typesOfMariaDbAreKnown() {
        TestDatabase mariaDb = TestDatabase.fresh(TestServers.mariaDb11_4());
        mariaDb.run(
                "CREATE DATABASE cloud; CREATE TABLE cloud.t (id UUID PRIMARY KEY, a INET4, b INET6 NOT NULL UNIQUE)");

        TestData.in(mariaDb, "cloud").rows("t", 300).seed(SEED).insert();

        assertThat(mariaDb.count("cloud.t")).isEqualTo(300);
    }

    @Test
    void noValuesAreGuessedForAnUnknownType() {
        Column unknown =
                new Column("h", "hologram", "hologram(3)", false, null, false, false, false, "", 0, 0, -1, 0, null);

        assertThat(Domains.of(unknown, 0)).isEmpty();
    }

    @Test
    void theSameSeedMakesTheSameRows() {
        database.run("CREATE TABLE cloud.vm (id BIGINT AUTO_INCREMENT PRIMARY KEY, uuid VARCHAR(40) UNIQUE,"
                + " name VARCHAR(60), size INT DEFAULT 7, created DATETIME DEFAULT CURRENT_TIMESTAMP)");

        data().rows("vm", 3000).insert();
        List<?> first = database.rows("SELECT * FROM cloud.vm ORDER BY id");
        database.run("TRUNCATE TABLE cloud.vm");
        data().rows("vm", 3000).insert();
        List<?> second = database.rows("SELECT * FROM cloud.vm ORDER BY id");
        database.run("TRUNCATE TABLE cloud.vm");
        data().seed(43).rows("vm", 3000).insert();

        assertThat(second).isEqualTo(first).hasSize(3000);
        assertThat(database.rows("SELECT * FROM cloud.vm ORDER BY id")).isNotEqualTo(first);
    }

    @Test
    void rulesSayWhatColumnsHold() {
        database.run(
                "CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, state VARCHAR(20) NOT NULL, size INT,"
                        + " created DATETIME NOT NULL, born DATE NOT NULL, removed DATETIME, name VARCHAR(20) NOT NULL UNIQUE)");

        data().rows(
                        "vm",
                        1000,
                        with("state").from("Running", "Stopped"),
                        with("size").between(10, 12),
                        with("created").between(LocalDateTime.of(2013, 1, 1, 0, 0), LocalDateTime.of(2013, 1, 2, 0, 0)),
                        with("born").between(LocalDate.of(2013, 1, 1), LocalDate.of(2013, 1, 3)),
                        with("removed").nullIn(0.3),
                        with("name").by(number -> "vm-" + number))
                .insert();

        assertThat(database.rows("SELECT DISTINCT state FROM cloud.vm")).hasSize(2);
        assertThat(database.rows(
                        "SELECT MIN(size) AS a, MAX(size) AS b, COUNT(size) AS c, MIN(created) >= '2013-01-01' AS d,"
                                + " MAX(created) <= '2013-01-02' AS e, COUNT(DISTINCT born) AS f FROM cloud.vm"))
                .hasToString("[{a=10, b=12, c=1000, d=1, e=1, f=3}]");
        assertThat(number("SELECT COUNT(*) FROM cloud.vm WHERE removed IS NULL"))
                .isBetween(200L, 400L);
        assertThat(number("SELECT COUNT(*) FROM cloud.vm WHERE name = CONCAT('vm-', id - 1)"))
                .isEqualTo(1000);
    }

    @Test
    void aRuleForWhatIsNotThereIsRefused() {
        database.run("CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL,"
                + " twice INT GENERATED ALWAYS AS (CHAR_LENGTH(name) * 2) VIRTUAL)");

        assertThatThrownBy(() -> data().rows("host", 1).insert())
                .isInstanceOf(TestDataException.class)
                .hasMessageContaining("There is no table 'host' in the databases cloud, cloud_usage.")
                .hasMessageContaining("The seed was 42.");
        assertThatThrownBy(() -> data().rows("vm", 1, with("nam").from("a")).insert())
                .hasMessageContaining("The table cloud.vm has no column 'nam'. Its columns are id, name, twice.");
        assertThatThrownBy(() -> data().rows("vm", 1, with("name").nullIn(0.5)).insert())
                .hasMessageContaining("The column name of cloud.vm cannot be NULL");
        assertThatThrownBy(() -> data().rows("vm", 1, with("twice").from(4)).insert())
                .hasMessageContaining("The server computes the column twice of cloud.vm");
        assertThat(database.count("cloud.vm")).isZero();
    }

    @Test
    void defaultsAreUsedInHalfOfTheRows() {
        database.run(
                "CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(60) NOT NULL DEFAULT 'it''s',"
                        + " size DECIMAL(8,2) NOT NULL DEFAULT 1.50)");

        data().rows("vm", 1000).insert();

        assertThat(number("SELECT COUNT(*) FROM cloud.vm WHERE name = 'it''s'")).isBetween(400L, 600L);
        assertThat(number("SELECT COUNT(*) FROM cloud.vm WHERE size = 1.5")).isBetween(400L, 600L);
    }

    @Test
    void aBrokenCheckIsNamedAndARuleHelps() {
        database.run("CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, size INT NOT NULL,"
                + " CONSTRAINT ck_even CHECK (size % 2 = 0 AND size < 100))");

        assertThatThrownBy(() -> data().rows("vm", 100).insert())
                .isInstanceOf(TestDataException.class)
                .hasMessageContaining("Rows made for cloud.vm break a CHECK of it. It has ck_even:")
                .hasMessageContaining("with(\"column\").from(…)");
        data().rows("vm", 100, with("size").from(2, 4, 98)).insert();

        assertThat(database.count("cloud.vm")).isEqualTo(100);
    }

    @Test
    void triggersFireAsUsual() {
        database.run("CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));"
                + " CREATE TABLE cloud.log (vm INT)");
        database.run(
                "CREATE TRIGGER cloud.vm_ai AFTER INSERT ON cloud.vm FOR EACH ROW INSERT INTO cloud.log VALUES (NEW.id)");

        data().rows("vm", 100).insert();

        assertThat(database.count("cloud.log")).isEqualTo(100);
    }

    @Test
    void everyEmptyTableGetsRowsButThoseOfTheUpgrade() {
        database.run("""
                CREATE TABLE cloud.version (id INT PRIMARY KEY);
                CREATE TABLE cloud.dbupgrade_journal (id INT PRIMARY KEY);
                CREATE TABLE cloud.flyway_schema_history (id INT PRIMARY KEY);
                CREATE TABLE cloud.kept (id INT PRIMARY KEY);
                INSERT INTO cloud.kept VALUES (77);
                CREATE TABLE cloud.vm (id INT PRIMARY KEY);
                CREATE TABLE cloud.few (e ENUM('a','b','c') PRIMARY KEY);
                CREATE VIEW cloud.seen AS SELECT * FROM cloud.vm;
                CREATE TABLE cloud_usage.hours (n INT)""");

        InsertedRows inserted = data().everywhere(20).insert();

        assertThat(inserted.tables())
                .containsOnly(
                        Map.entry("cloud.vm", 20L), Map.entry("cloud.few", 3L), Map.entry("cloud_usage.hours", 20L));
        assertThat(inserted.total()).isEqualTo(43);
        assertThat(inserted.in("cloud.kept")).isZero();
        assertThat(database.count("cloud_usage.hours")).isEqualTo(20);
    }

    @Test
    void theSessionGoesBackAsItCame() {
        database.run("CREATE TABLE cloud.vm (id INT PRIMARY KEY)");
        SingleConnectionDataSource one = new SingleConnectionDataSource(
                database.jdbcUrl(), database.server().user(), database.server().password(), true);
        String session = "SELECT CONCAT(@@sql_mode, @@time_zone, @@foreign_key_checks, @@autocommit)";
        JdbcClient jdbc = JdbcClient.create(one);
        jdbc.sql("SET sql_mode = '', time_zone = '+03:00', foreign_key_checks = 0")
                .update();
        String before = jdbc.sql(session).query(String.class).single();

        TestData.in(one, List.of("cloud")).seed(SEED).rows("vm", 5).insert();

        assertThat(jdbc.sql(session).query(String.class).single())
                .isEqualTo(before)
                .contains("+03:00");
        one.destroy();
    }
}
