package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyzeOne;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Clash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommutingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t ADD a INT                  | ALTER TABLE t ADD b INT",
                "ALTER TABLE t ADD a INT                  | ALTER TABLE t DROP COLUMN b",
                "ALTER TABLE t ADD a INT AFTER x          | ALTER TABLE t ADD b INT AFTER x",
                "ALTER TABLE t ADD a INT AFTER x          | ALTER TABLE t MODIFY x BIGINT",
                "ALTER TABLE t ADD a INT                  | INSERT INTO t (b) VALUES (1)",
                "ALTER TABLE t ADD a INT                  | UPDATE t SET b = 1",
                "ALTER TABLE t ADD a INT                  | CREATE VIEW v AS SELECT b FROM t",
                "ALTER TABLE t ADD a INT                  | ALTER TABLE other.t ADD a INT",
                "ALTER TABLE t ADD KEY i (a)              | ALTER TABLE t ADD KEY k (a)",
                "ALTER TABLE t ADD KEY i (a)              | UPDATE t SET a = 1",
                "ALTER TABLE t ADD KEY i (a)              | INSERT INTO t (a) VALUES (1)",
                "ALTER TABLE t ADD UNIQUE KEY i (a)       | UPDATE t SET b = 1",
                "ALTER TABLE t ADD UNIQUE KEY i (a)       | ALTER TABLE t ADD UNIQUE KEY k (b)",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id) | ALTER TABLE o ADD x INT",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id) | UPDATE o SET name = 'x'",
                "ALTER TABLE t ENGINE=InnoDB              | INSERT INTO t (a) VALUES (1)",
                "CREATE TABLE a (x INT)                   | CREATE TABLE b (x INT)",
                "CREATE VIEW v AS SELECT a FROM t         | INSERT INTO t (a) VALUES (1)",
                "CREATE VIEW v AS SELECT a FROM t         | CREATE VIEW w AS SELECT a FROM t",
                "CREATE PROCEDURE p () BEGIN DELETE FROM t; END | UPDATE t SET a = 1",
                "UPDATE t SET a = 1                       | UPDATE t SET b = 1",
                "UPDATE t SET a = 1 WHERE k = 'x'         | UPDATE t SET a = 2 WHERE k = 'y'",
                "DELETE FROM t WHERE k = 'x'              | UPDATE t SET a = 2 WHERE k IN ('y', 'z')",
                "UPDATE t SET v = '3' WHERE name = 'x'    | INSERT INTO t (name, v) VALUES ('y', '4')",
                "INSERT INTO t (id, n) VALUES (1, 'x')    | INSERT INTO t (id, n) VALUES (2, 'x')",
                "INSERT INTO t (name) VALUES ('x')        | INSERT INTO t (name) VALUES ('y')",
                "INSERT INTO t VALUES ('1', 'a')          | INSERT INTO t VALUES ('2', 'a')",
                "INSERT INTO t VALUES ('1', 'a')          | INSERT INTO t VALUES (2, 'a')",
                "INSERT INTO t VALUES (1, 'a'), (3, 'a')  | INSERT INTO t VALUES (2, 'a'), (4, 'b')",
                "INSERT INTO t VALUES (NULL, 'a')         | INSERT INTO t VALUES (NULL, 'b')",
                "INSERT INTO t (id, n) SELECT 1, 'a'      | INSERT INTO t (id, n) VALUES (2, 'a')",
                "INSERT INTO t SELECT 1, 'a' FROM DUAL    | INSERT INTO t VALUES (2, 'a')",
                "INSERT INTO t SELECT 1, 'a' UNION ALL SELECT 3, 'b' UNION SELECT 5, 'c' | INSERT INTO t SELECT 2, 'a' UNION SELECT 4, 'b'",
                "INSERT INTO t SELECT 1, a FROM u WHERE b = 2 | INSERT INTO t VALUES (2, 'a')",
                "REPLACE INTO o VALUES (1, 'a')           | INSERT INTO t VALUES (1, 'a')",
                "SELECT * FROM t                          | SELECT * FROM t",
                "SET @x = 1                               | SET @x = 2"
            })
    void theseCommute(String first, String second) {
        assertThat(clash(first, second)).isEqualTo("none");
        assertThat(clash(second, first)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t ADD a INT          | ALTER TABLE t ADD A BIGINT       | column cloud.t.a is written by both",
                "ALTER TABLE t ADD a INT          | DROP TABLE T                     | table cloud.t is read by the first and written by the second",
                "ALTER TABLE t ADD a INT          | INSERT INTO t VALUES (1)         | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t ADD a INT          | CREATE VIEW v AS SELECT * FROM t | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t ADD a INT NOT NULL | INSERT INTO t (b) VALUES (1)     | default of column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t ADD a INT AFTER x  | ALTER TABLE t DROP COLUMN x      | name of column cloud.t.x is read by the first and written by the second",
                "ALTER TABLE t ADD a VARCHAR(9)   | ALTER TABLE t CHARSET=utf8mb4    | option of table cloud.t.charset is read by the first and written by the second",
                "ALTER TABLE t DROP COLUMN a      | CREATE VIEW v AS SELECT a FROM t | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t DROP COLUMN a      | UPDATE t SET b = a               | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t DROP COLUMN a      | ALTER TABLE t ADD KEY i (a)      | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t DROP COLUMN a      | ALTER TABLE t DROP KEY i         | rule for rows cloud.t.i is read by the first and written by the second",
                "ALTER TABLE t CHANGE a b INT     | UPDATE t SET a = 1               | column cloud.t.a is written by the first and read by the second",
                "ALTER TABLE t ADD KEY i (a)      | ALTER TABLE t ADD KEY I (b)      | index cloud.t.i is written by both",
                "ALTER TABLE t ADD KEY (a)        | ALTER TABLE t ADD KEY (a, b)     | index cloud.t.a is written by both",
                "ALTER TABLE t ADD UNIQUE u (a)   | INSERT INTO t (b) VALUES (1)     | rows of cloud.t is read by the first and written by the second",
                "ALTER TABLE t ADD UNIQUE u (a)   | UPDATE t SET a = 1               | values of column cloud.t.a is read by the first and written by the second",
                "ALTER TABLE t DROP FOREIGN KEY f | UPDATE t SET a = 1               | rule for rows cloud.t.f is written by the first and read by the second",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id) | ALTER TABLE u ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES o (id) | constraint cloud.f is written by both",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id) | INSERT INTO o (id) VALUES (1) | rows of cloud.o is read by the first and written by the second",
                "CREATE TABLE t (a INT)           | CREATE VIEW t AS SELECT 1        | view cloud.t is written by both",
                "CREATE OR REPLACE VIEW v AS SELECT 1 | SELECT a FROM v              | view cloud.v is written by the first and read by the second",
                "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 | INSERT INTO t (b) VALUES (1) | rule for rows cloud.t.g is written by the first and read by the second",
                "DROP TRIGGER g                   | UPDATE t SET b = 1               | rule for rows cloud.t.g is written by the first and read by the second",
                "DROP PROCEDURE p                 | CALL p()                         | procedure cloud.p is written by the first and read by the second",
                "DROP DATABASE cloud              | ALTER TABLE t ADD a INT          | database cloud is written by the first and read by the second",
                "UPDATE t SET a = 1               | UPDATE t SET a = 2               | values of column cloud.t.a is written by both",
                "UPDATE t SET a = 1 WHERE k = 'x' | UPDATE t SET a = 2 WHERE k = 'X' | values of column cloud.t.a is written by both",
                "UPDATE t SET a = 1, k = 'y' WHERE k = 'x' | UPDATE t SET a = 2 WHERE k = 'y' | values of column cloud.t.a is written by both",
                "UPDATE t SET a = 1               | INSERT INTO t (b) VALUES (1)     | rows of cloud.t is read by the first and written by the second",
                "UPDATE t SET a = b               | UPDATE t SET b = 1               | values of column cloud.t.b is read by the first and written by the second",
                "DELETE FROM t WHERE k = 'x'      | INSERT INTO t (k) VALUES ('x')   | rows of cloud.t is written by both",
                "INSERT INTO t (id, n) VALUES (1, 'x') | INSERT INTO t (id, n) VALUES (1, 'y') | rows of cloud.t is written by both",
                "INSERT INTO t (id, n) VALUES (1, 'x') | INSERT INTO t (n) VALUES ('y')        | rows of cloud.t is written by both",
                "INSERT INTO t (n) VALUES ('x')   | INSERT INTO t (n) SELECT n FROM u | rows of cloud.t is written by both",
                "INSERT INTO t VALUES ('1', 'a')  | INSERT INTO t VALUES (1, 'b')     | rows of cloud.t is written by both",
                "INSERT INTO t VALUES (1, 'a')    | INSERT INTO t VALUES (NULL, 'b')  | rows of cloud.t is written by both",
                "INSERT INTO t VALUES (1, 'a')    | INSERT INTO t (id, n) VALUES (2, 'b') | rows of cloud.t is written by both",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b') | INSERT INTO t SELECT 3, 'c' UNION SELECT 2, 'd' | rows of cloud.t is written by both",
                "INSERT INTO t SELECT 1, 'a'      | INSERT INTO t SELECT * FROM u     | rows of cloud.t is written by both",
                "INSERT INTO t SELECT 1, 'a'      | INSERT INTO t SELECT 2, 'a' WHERE NOT EXISTS (SELECT 1 FROM t WHERE k = 1) | rows of cloud.t is written by both",
                "INSERT INTO t VALUES (1, 'a')    | REPLACE INTO t VALUES (2, 'b')    | rows of cloud.t is written by both",
                "INSERT INTO t (n) VALUES ('x')   | REPLACE INTO t (n) VALUES ('y')   | rows of cloud.t is written by both",
                "SELECT 1 FROM information_schema.columns | ALTER TABLE t ADD a INT  | what information_schema shows of cloud.t.a is read by the first and written by the second",
                "SET GLOBAL a = 1                 | SET GLOBAL a = 2                 | setting of the server a is written by both"
            })
    void theseDoNotAndItIsSaidWhy(String first, String second, String why) {
        assertThat(clash(first, second)).isEqualTo(why);
        assertThat(clash(second, first)).isNotEqualTo("none");
    }

    private static String clash(String first, String second) {
        return analyzeOne(first)
                .footprint()
                .clashWith(analyzeOne(second).footprint())
                .map(Clash::toString)
                .orElse("none");
    }
}
