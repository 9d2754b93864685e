package org.apache.cloudstack.framework.dbupgrade.test.data;

import static org.apache.cloudstack.framework.dbupgrade.test.data.ColumnRule.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows keep the keys of their tables. The server itself refuses those that would not. */
@UpgradeDatabase
class TestDataKeysTest {

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
    void parentsAreMadeAndThoseThatAreThereAreUsed() {
        database.run("""
                CREATE TABLE cloud.zone (id INT PRIMARY KEY);
                INSERT INTO cloud.zone VALUES (7);
                CREATE TABLE cloud.pod (id INT AUTO_INCREMENT PRIMARY KEY, zone INT NOT NULL,
                  FOREIGN KEY (zone) REFERENCES cloud.zone (id));
                CREATE TABLE cloud_usage.vm (id INT AUTO_INCREMENT PRIMARY KEY, pod INT,
                  FOREIGN KEY (pod) REFERENCES cloud.pod (id))""");

        InsertedRows inserted = data().rows("vm", 100).insert();

        assertThat(inserted.tables().keySet()).containsExactly("cloud.pod", "cloud_usage.vm");
        assertThat(inserted.in("cloud.pod")).isEqualTo(10);
        assertThat(number("SELECT COUNT(DISTINCT pod) FROM cloud_usage.vm")).isBetween(5L, 10L);
        assertThat(number("SELECT COUNT(*) FROM cloud_usage.vm WHERE pod IS NULL"))
                .isBetween(1L, 30L);
    }

    @Test
    void theNumberOfParentsCanBeChosen() {
        database.run("""
                CREATE TABLE cloud.pod (id INT AUTO_INCREMENT PRIMARY KEY);
                CREATE TABLE cloud.vm (id INT PRIMARY KEY, pod INT NOT NULL, FOREIGN KEY (pod) REFERENCES cloud.pod (id))""");

        data().rows("vm", 50).rows("pod", 3).insert();

        assertThat(database.count("cloud.pod")).isEqualTo(3);
        assertThat(number("SELECT COUNT(DISTINCT pod) FROM cloud.vm")).isEqualTo(3);
        assertThatThrownBy(() -> data().rows("pod", 0)
                        .rows("vm", 5, with("pod").from(99))
                        .insert())
                .isInstanceOf(TestDataException.class)
                .hasMessageContaining("Rows made for cloud.vm refer to rows that are not there");
    }

    @Test
    void anEmptyParentThatGetsNoRowsIsNamed() {
        database.run("""
                CREATE TABLE cloud.pod (id INT AUTO_INCREMENT PRIMARY KEY);
                CREATE TABLE cloud.vm (id INT PRIMARY KEY, pod INT NOT NULL,
                  CONSTRAINT fk_pod FOREIGN KEY (pod) REFERENCES cloud.pod (id))""");

        assertThatThrownBy(() -> data().rows("pod", 0).rows("vm", 5).insert())
                .hasMessageContaining(
                        "Rows of cloud.vm refer to rows of cloud.pod by the foreign key fk_pod, and that table"
                                + " is empty. Ask for rows of it too.");
    }

    @Test
    void aRowThatSharesTheKeyOfItsParentGetsAParentOfItsOwn() {
        database.run("""
                CREATE TABLE cloud.vm (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY);
                CREATE TABLE cloud.router (id BIGINT UNSIGNED PRIMARY KEY, FOREIGN KEY (id) REFERENCES cloud.vm (id));
                INSERT INTO cloud.vm VALUES (5), (9);
                INSERT INTO cloud.router VALUES (9)""");

        data().rows("router", 200).insert();
        data().rows("router", 100).insert();

        assertThat(database.count("cloud.router")).isEqualTo(301);
        assertThat(database.count("cloud.vm")).isEqualTo(301);
    }

    @Test
    void referencesToUniqueKeysAndOfSeveralColumnsHold() {
        database.run("""
                CREATE TABLE cloud.tenant (id INT AUTO_INCREMENT PRIMARY KEY, code CHAR(6) NOT NULL UNIQUE);
                CREATE TABLE cloud.person (tenant CHAR(6) NOT NULL, nr INT NOT NULL, PRIMARY KEY (tenant, nr),
                  FOREIGN KEY (tenant) REFERENCES cloud.tenant (code));
                CREATE TABLE cloud.team (tenant CHAR(6) NOT NULL, nr INT NOT NULL, PRIMARY KEY (tenant, nr),
                  FOREIGN KEY (tenant) REFERENCES cloud.tenant (code));
                CREATE TABLE cloud.member (tenant CHAR(6) NOT NULL, person INT NOT NULL, team INT,
                  FOREIGN KEY (tenant, person) REFERENCES cloud.person (tenant, nr),
                  FOREIGN KEY (tenant, team) REFERENCES cloud.team (tenant, nr),
                  FOREIGN KEY (tenant) REFERENCES cloud.tenant (code))""");

        data().rows("member", 400)
                .rows("person", 60)
                .rows("team", 60)
                .rows("tenant", 5)
                .insert();

        assertThat(database.count("cloud.member")).isEqualTo(400);
        assertThat(number("SELECT COUNT(team) FROM cloud.member")).isPositive();
    }

    @Test
    void rowsThatReferToTheirOwnTableFormTrees() {
        database.run("""
                CREATE TABLE cloud.domain (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, name VARCHAR(10),
                  FOREIGN KEY (parent) REFERENCES cloud.domain (id))""");

        data().rows("domain", 200).insert();

        assertThat(number("SELECT COUNT(*) FROM cloud.domain WHERE parent IS NOT NULL"))
                .isGreaterThan(100);
        assertThat(number("SELECT COUNT(*) FROM cloud.domain WHERE parent >= id"))
                .isZero();
    }

    @Test
    void rowsThatAreThereAreLeftAlone() {
        database.run("""
                CREATE TABLE cloud.domain (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, name VARCHAR(10),
                  FOREIGN KEY (parent) REFERENCES cloud.domain (id));
                INSERT INTO cloud.domain VALUES (1, NULL, 'ROOT')""");

        data().rows("domain", 50).insert();

        assertThat(database.rows("SELECT * FROM cloud.domain WHERE id = 1"))
                .hasToString("[{id=1, parent=null, name=ROOT}]");
    }

    @Test
    void aCircleIsOpenedWhereAKeyMayBeNull() {
        database.run("""
                CREATE TABLE cloud.egg (id INT AUTO_INCREMENT PRIMARY KEY, hen INT NOT NULL);
                CREATE TABLE cloud.hen (id CHAR(8) PRIMARY KEY, nr INT NOT NULL UNIQUE, egg INT,
                  FOREIGN KEY (egg) REFERENCES cloud.egg (id));
                ALTER TABLE cloud.egg ADD FOREIGN KEY (hen) REFERENCES cloud.hen (nr)""");

        data().rows("egg", 100).rows("hen", 20).insert();

        assertThat(number("SELECT COUNT(egg) FROM cloud.hen")).isBetween(10L, 20L);
        assertThat(number("SELECT COUNT(*) FROM cloud.egg")).isEqualTo(100);
    }

    @Test
    void aCircleWithoutNullIsClosedAndProven() {
        database.run("""
                CREATE TABLE cloud.egg (id INT AUTO_INCREMENT PRIMARY KEY, hen INT NOT NULL);
                CREATE TABLE cloud.hen (id INT AUTO_INCREMENT PRIMARY KEY, egg INT NOT NULL,
                  FOREIGN KEY (egg) REFERENCES cloud.egg (id));
                ALTER TABLE cloud.egg ADD FOREIGN KEY (hen) REFERENCES cloud.hen (id);
                CREATE TABLE cloud.ring (id INT PRIMARY KEY, next INT NOT NULL UNIQUE,
                  FOREIGN KEY (next) REFERENCES cloud.ring (id))""");

        data().rows("egg", 100).rows("ring", 30).insert();

        assertThat(number("SELECT COUNT(*) FROM cloud.egg e JOIN cloud.hen h ON h.id = e.hen"))
                .isEqualTo(100);
        assertThat(number("SELECT COUNT(*) FROM cloud.hen h LEFT JOIN cloud.egg e ON h.egg = e.id WHERE e.id IS NULL"))
                .isZero();
        assertThat(number("SELECT COUNT(*) FROM cloud.ring r JOIN cloud.ring n ON n.id = r.next"))
                .isEqualTo(30);
    }

    @Test
    void rowsCanBeAddedAgainAndAgain() {
        database.run("""
                CREATE TABLE cloud.vm (id INT PRIMARY KEY, name VARCHAR(60) NOT NULL, code VARCHAR(40) NOT NULL,
                  day DATE NOT NULL UNIQUE, bin BINARY(4) NOT NULL UNIQUE, price DECIMAL(10,2) NOT NULL UNIQUE,
                  at DATETIME NOT NULL UNIQUE, uuid CHAR(36) NOT NULL UNIQUE, UNIQUE KEY (name(10)), UNIQUE KEY (code));
                INSERT INTO cloud.vm VALUES (4711, 'one', 'two', '2000-01-02', 'abcd', 3, '2024-01-01', 'a')""");

        data().rows("vm", 700).insert();
        data().rows("vm", 700).insert();
        database.run("DELETE FROM cloud.vm WHERE id % 3 = 0");
        data().rows("vm", 700).insert();

        assertThat(database.count("cloud.vm")).isGreaterThan(1500);
    }

    @Test
    void severalSmallColumnsCountTogether() {
        database.run("CREATE TABLE cloud.slot (a TINYINT(1) NOT NULL, b ENUM('x','y','z') NOT NULL, c TINYINT NOT NULL,"
                + " PRIMARY KEY (a, b, c))");

        data().rows("slot", 1000).insert();
        data().rows("slot", 536).insert();

        assertThat(database.count("cloud.slot")).isEqualTo(2 * 3 * 256);
        assertThatThrownBy(() -> data().rows("slot", 1).insert())
                .isInstanceOf(TestDataException.class)
                .hasMessageContaining(
                        "The table cloud.slot cannot take 1 more rows: its unique key PRIMARY (a, b, c) has"
                                + " 1536 different values, and 1536 rows were there before.");
    }

    @Test
    void moreRowsThanAUniqueKeyBearsAreRefusedBeforeAnyIsWritten() {
        database.run(
                "CREATE TABLE cloud.flag (id INT AUTO_INCREMENT PRIMARY KEY, level TINYINT UNSIGNED NOT NULL UNIQUE)");

        assertThatThrownBy(() -> data().rows("flag", 300).insert())
                .hasMessageContaining(
                        "cannot take 300 more rows: its unique key level (level) has 256 different values");

        assertThat(database.count("cloud.flag")).isZero();
    }

    @Test
    void aSmallUniqueColumnThatMayBeNullIsNullInTheRest() {
        database.run("CREATE TABLE cloud.flag (id INT AUTO_INCREMENT PRIMARY KEY, level TINYINT UNSIGNED UNIQUE)");

        data().rows("flag", 1000).insert();

        assertThat(number("SELECT COUNT(level) FROM cloud.flag")).isBetween(200L, 256L);
    }

    @Test
    void twoParentsAreMadeAsOftenAsTheirPairsAreNeeded() {
        database.run("""
                CREATE TABLE cloud.person (id INT AUTO_INCREMENT PRIMARY KEY);
                CREATE TABLE cloud.role (id INT AUTO_INCREMENT PRIMARY KEY);
                CREATE TABLE cloud.person_role (person INT, role INT, PRIMARY KEY (person, role),
                  FOREIGN KEY (person) REFERENCES cloud.person (id), FOREIGN KEY (role) REFERENCES cloud.role (id))""");

        data().rows("person_role", 900).insert();

        assertThat(database.count("cloud.person_role")).isEqualTo(900);
        assertThat(database.count("cloud.person") + database.count("cloud.role"))
                .isEqualTo(60);
    }

    @Test
    void aKeyOverAnExpressionOrAComputedColumnHolds() {
        database.run("""
                CREATE TABLE cloud.vm (id INT AUTO_INCREMENT PRIMARY KEY, size SMALLINT NOT NULL,
                  tens INT GENERATED ALWAYS AS (size DIV 10) STORED, UNIQUE KEY (tens))""");

        data().rows("vm", 300).insert();

        assertThat(number("SELECT COUNT(DISTINCT tens) FROM cloud.vm")).isEqualTo(300);
    }
}
