package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyze;
import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyzeOne;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t SET a = b + 1 WHERE c = 5                                   | cloud.t.b cloud.t.c",
                "UPDATE t x JOIN u y ON x.a = y.b SET x.c = y.d                       | cloud.t.a cloud.u.b cloud.u.d",
                "UPDATE t JOIN u ON t.a = u.b SET c = d                               | cloud.t.a cloud.u.b cloud.t.d cloud.u.d",
                "UPDATE t SET a = (SELECT MAX(u.b) FROM u)                            | cloud.u.b",
                "DELETE FROM t WHERE a IN (SELECT b FROM other.u)                     | cloud.t.a cloud.t.b other.u.a other.u.b",
                "DELETE x FROM t x JOIN u ON x.a = u.b                                | cloud.t.a cloud.u.b",
                "DELETE FROM x USING t AS x JOIN u WHERE x.a = u.b                    | cloud.t.a cloud.u.b",
                "INSERT INTO t (a) SELECT u.b FROM u WHERE u.c > 1                    | cloud.u.b cloud.u.c",
                "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE b = c           | cloud.t.c",
                "SELECT x.* FROM t x                                                  | cloud.t.*",
                "SELECT COUNT(*) FROM t                                               | ''",
                "SELECT f.b FROM (SELECT u.b AS b FROM u) f                           | cloud.u.b",
                "WITH f AS (SELECT a FROM t) SELECT f.a FROM f                        | cloud.t.a",
                "SELECT TIMESTAMPDIFF(SECOND, a, b) FROM t                            | cloud.t.a cloud.t.b",
                "SET @x = (SELECT a FROM t)                                           | cloud.t.a"
            })
    void aStatementReadsTheValuesOfColumns(String statement, String columns) {
        assertThat(names(analyzeOne(statement).footprint().reads(), SchemaObject.Kind.CELLS))
                .isEqualTo(columns.isEmpty() ? Set.of() : Set.of(columns.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t SET a = (SELECT MAX(b) FROM u)       | cloud.t.a",
                "UPDATE t x JOIN u y ON x.a = y.b SET x.c = 1  | cloud.t.c",
                "UPDATE t JOIN u ON t.a = u.b SET c = 1        | cloud.t.c cloud.u.c",
                "INSERT INTO t (a, b) VALUES (1, 2)            | cloud.t.a cloud.t.b",
                "INSERT INTO t VALUES (1, 2)                   | cloud.t.*",
                "INSERT INTO t SET a = 1                       | cloud.t.a",
                "REPLACE INTO t (a) SELECT b FROM u            | cloud.t.a",
                "INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE b = VALUES(b) | cloud.t.a cloud.t.b"
            })
    void aStatementWritesTheValuesOfColumns(String statement, String columns) {
        assertThat(names(analyzeOne(statement).footprint().writes(), SchemaObject.Kind.CELLS))
                .isEqualTo(Set.of(columns.split(" ")));
    }

    @Test
    void aViewReadsDefinitionsAndNoRows() {
        Footprint view = analyzeOne("CREATE OR REPLACE VIEW v AS SELECT h.id FROM host h")
                .footprint();

        assertThat(view.writes()).extracting(SchemaObject::toString).containsExactly("view cloud.v");
        assertThat(view.reads())
                .extracting(SchemaObject::toString)
                .containsExactlyInAnyOrder("database cloud", "table cloud.host", "column cloud.host.id");
    }

    @Test
    void useSaysInWhichDatabaseTheNextNamesAre() {
        assertThat(analyze("DROP TABLE a", "USE `cloud_usage`", "DROP TABLE a", "DROP TABLE cloud.a"))
                .flatExtracting(analysis -> analysis.footprint().writes())
                .extracting(Object::toString)
                .containsExactly("table cloud.a", "table cloud_usage.a", "table cloud.a");
    }

    @Test
    void aBodyThatCanBeReadTellsWhatACallWouldTouch() {
        Analysis procedure = analyzeOne("""
                CREATE PROCEDURE purge (IN before_date DATETIME)
                BEGIN
                  DECLARE n INT DEFAULT 1;
                  WHILE n > 0 DO
                    DELETE FROM event WHERE created < before_date ORDER BY id LIMIT 1000;
                    SET n = ROW_COUNT();
                  END WHILE;
                END""");

        assertThat(procedure.footprint().writes())
                .extracting(Object::toString)
                .containsExactly("procedure cloud.purge");
        assertThat(procedure.whenCalled()).hasValueSatisfying(called -> {
            assertThat(called.writes()).extracting(Object::toString).containsExactly("rows of cloud.event");
            assertThat(names(called.reads(), SchemaObject.Kind.CELLS))
                    .containsExactlyInAnyOrder("cloud.event.created", "cloud.event.id");
        });
    }

    @Test
    void theFootprintOfTwoStatementsIsWhatBothTouch() {
        Footprint one = analyzeOne("INSERT INTO t (id) VALUES (1)").footprint();
        Footprint other = analyzeOne("INSERT INTO t (id) VALUES (2)").footprint();
        Footprint third = analyzeOne("INSERT INTO t (id) VALUES (3)").footprint();
        Footprint again = analyzeOne("INSERT INTO t (id) VALUES (2)").footprint();

        assertThat(one.plus(other).commutesWith(third)).isTrue();
        assertThat(one.plus(other).commutesWith(again)).isFalse();
        assertThat(Footprint.NONE.plus(one)).isEqualTo(one);
    }

    private static Set<String> names(Set<SchemaObject> objects, SchemaObject.Kind kind) {
        return objects.stream()
                .filter(object -> object.kind() == kind)
                .map(object -> object.schema() + "." + object.owner() + "." + object.name())
                .collect(Collectors.toSet());
    }
}
