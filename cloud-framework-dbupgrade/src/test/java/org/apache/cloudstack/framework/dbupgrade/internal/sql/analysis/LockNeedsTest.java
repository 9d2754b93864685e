package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockNeedsTest {

    private static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE VM ADD a INT                                   | cloud.vm",
                "ALTER TABLE other.vm MODIFY a INT                          | other.vm",
                "ALTER TABLE vm ADD FOREIGN KEY (h) REFERENCES host (id)    | cloud.host cloud.vm",
                "CREATE TABLE vm (h INT, FOREIGN KEY (h) REFERENCES other.host (id)) | cloud.vm other.host",
                "DROP TABLE vm, other.host                                  | cloud.vm other.host",
                "RENAME TABLE vm TO other.vms                               | cloud.vm other.vms",
                "TRUNCATE TABLE vm                                          | cloud.vm",
                "CREATE INDEX i ON vm (a)                                   | cloud.vm",
                "DROP INDEX i ON vm                                         | cloud.vm",
                "CREATE TRIGGER t BEFORE INSERT ON vm FOR EACH ROW SET @a = 1 | cloud.t cloud.vm",
                "DROP TRIGGER t                                             | cloud.* cloud.t",
                "CREATE OR REPLACE VIEW v AS SELECT a FROM vm               | cloud.v cloud.vm",
                "DROP PROCEDURE p                                           | cloud.p",
                "DROP DATABASE other                                        | other.*"
            })
    void aDefinitionNeedsItsObjectsForItself(String statement, String objects) {
        LockNeeds needs = needs(statement);

        assertThat(needs.definition()).isTrue();
        assertThat(names(needs)).isEqualTo(objects);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE vm SET a = 1                            | cloud.vm",
                "UPDATE vm JOIN other.host ON a = b SET vm.c = 1 | cloud.vm other.host",
                "DELETE FROM vm WHERE a IN (SELECT b FROM host) | cloud.host cloud.vm",
                "INSERT INTO vm (a) SELECT b FROM host          | cloud.host cloud.vm",
                "REPLACE INTO vm VALUES (1)                     | cloud.vm",
                "SELECT a FROM vm                               | cloud.vm"
            })
    void aChangeOfRowsNeedsItsTablesBesideOthers(String statement, String objects) {
        LockNeeds needs = needs(statement);

        assertThat(needs.definition()).isFalse();
        assertThat(names(needs)).isEqualTo(objects);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"CALL p()", "EXECUTE s", "LOCK TABLES vm WRITE", "ALTER TABLE vm ADD ADD", "OPTIMISE ALL"})
    void whatCannotBeToldNeedsEverything(String statement) {
        assertThat(needs(statement)).isEqualTo(LockNeeds.ofAll(SCHEMAS));
        assertThat(names(needs(statement))).isEqualTo("cloud.* cloud_usage.*");
    }

    @Test
    void theCurrentDatabaseIsThatOfTheScript() {
        assertThat(names(needs("USE other", "ALTER TABLE vm ADD a INT"))).isEqualTo("other.vm");
    }

    @Test
    void namesAreComparedWithoutTheirCase() {
        LockNeeds needs = needs("ALTER TABLE Vm ADD a INT").and(List.of(new ObjectName("other", "*")));

        assertThat(needs.covers(new ObjectName("CLOUD", "vM"))).isTrue();
        assertThat(needs.covers(new ObjectName("cloud", "host"))).isFalse();
        assertThat(needs.covers(new ObjectName("Other", "anything"))).isTrue();
        assertThat(needs.touches("Cloud")).isTrue();
        assertThat(needs.touches("cloud_usage")).isFalse();
    }

    private static LockNeeds needs(String... statements) {
        return LockNeeds.of(
                IntStream.range(0, statements.length)
                        .mapToObj(i -> new SqlStatement(i + 1, i + 1, statements[i]))
                        .toList(),
                SCHEMAS);
    }

    private static String names(LockNeeds needs) {
        return String.join(
                " ", needs.objects().stream().map(ObjectName::toString).sorted().toList());
    }
}
