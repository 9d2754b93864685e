package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyzeOne;
import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.operation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation.RoutineKind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationsTest {

    private static final ObjectName HOST = new ObjectName("cloud", "host");

    static List<Arguments> statements() {
        return List.of(
                Arguments.of("DROP TABLE IF EXISTS host", new TableOperation.DropTable(HOST, true, false)),
                Arguments.of("TRUNCATE `host`", new TableOperation.TruncateTable(HOST)),
                Arguments.of(
                        "RENAME TABLE host TO old.host",
                        new TableOperation.RenameTable(HOST, new ObjectName("old", "host"))),
                Arguments.of(
                        "ALTER TABLE host RENAME TO hosts",
                        new TableOperation.RenameTable(HOST, new ObjectName("cloud", "hosts"))),
                Arguments.of(
                        "CREATE TABLE host LIKE node",
                        new TableOperation.CreateTableLike(HOST, new ObjectName("cloud", "node"), false)),
                Arguments.of(
                        "ALTER TABLE host ENGINE=InnoDB, AUTO_INCREMENT=7",
                        new TableOperation.ChangeTableOptions(
                                HOST, Map.of("engine", "InnoDB", "auto_increment", "7"), false)),
                Arguments.of(
                        "ALTER TABLE host CONVERT TO CHARACTER SET utf8mb4",
                        new TableOperation.ChangeTableOptions(HOST, Map.of("charset", "utf8mb4"), true)),
                Arguments.of(
                        "ALTER TABLE host DROP PARTITION p0", new TableOperation.ReshapeTable(HOST, "DropPartition")),
                Arguments.of(
                        "ALTER TABLE host ADD COLUMN tag INT FIRST",
                        new ColumnOperation.AddColumn(
                                HOST, new ColumnDefinition("tag", "INT", true), new ColumnPosition.First(), false)),
                Arguments.of(
                        "ALTER TABLE host ADD tag INT NOT NULL AFTER `name`",
                        new ColumnOperation.AddColumn(
                                HOST,
                                new ColumnDefinition("tag", "INT", false),
                                new ColumnPosition.After("name"),
                                false)),
                Arguments.of(
                        "ALTER TABLE host ADD COLUMN IF NOT EXISTS tag INT",
                        new ColumnOperation.AddColumn(
                                HOST, new ColumnDefinition("tag", "INT", true), new ColumnPosition.Unsaid(), true)),
                Arguments.of("ALTER TABLE host DROP COLUMN tags", new ColumnOperation.DropColumn(HOST, "tags", false)),
                Arguments.of(
                        "ALTER TABLE host CHANGE tags labels BIGINT UNSIGNED NOT NULL",
                        new ColumnOperation.ChangeColumn(
                                HOST,
                                "tags",
                                new ColumnDefinition("labels", "BIGINT UNSIGNED", false),
                                new ColumnPosition.Unsaid(),
                                false)),
                Arguments.of("ALTER TABLE host RENAME COLUMN a TO b", new ColumnOperation.RenameColumn(HOST, "a", "b")),
                Arguments.of(
                        "ALTER TABLE host ALTER COLUMN a SET DEFAULT 5",
                        new ColumnOperation.SetDefault(HOST, "a", "5")),
                Arguments.of("ALTER TABLE host ALTER a DROP DEFAULT", new ColumnOperation.DropDefault(HOST, "a")),
                Arguments.of("DROP INDEX i ON host", new KeyOperation.DropIndex(HOST, "i", false)),
                Arguments.of("ALTER TABLE host DROP PRIMARY KEY", new KeyOperation.DropIndex(HOST, "PRIMARY", false)),
                Arguments.of("ALTER TABLE host DROP KEY IF EXISTS i", new KeyOperation.DropIndex(HOST, "i", true)),
                Arguments.of("ALTER TABLE host RENAME INDEX a TO b", new KeyOperation.RenameIndex(HOST, "a", "b")),
                Arguments.of(
                        "ALTER TABLE host DROP FOREIGN KEY fk", new KeyOperation.DropForeignKey(HOST, "fk", false)),
                Arguments.of("ALTER TABLE host DROP CHECK ck", new KeyOperation.DropConstraint(HOST, "ck", false)),
                Arguments.of("DROP VIEW IF EXISTS host", new ObjectOperation.DropView(HOST, true)),
                Arguments.of(
                        "DROP PROCEDURE IF EXISTS `cloud`.`host`",
                        new ObjectOperation.DropRoutine(RoutineKind.PROCEDURE, HOST, true)),
                Arguments.of(
                        "CREATE TRIGGER tr BEFORE INSERT ON host FOR EACH ROW SET NEW.a = 1",
                        new ObjectOperation.CreateRoutine(
                                RoutineKind.TRIGGER, new ObjectName("cloud", "tr"), Optional.of(HOST))),
                Arguments.of("CREATE DATABASE IF NOT EXISTS d", new DatabaseOperation.CreateDatabase("d", true)),
                Arguments.of("DROP DATABASE d", new DatabaseOperation.DropDatabase("d", false)));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aStatementIsReadIntoAnOperation(String statement, Operation expected) {
        assertThat(analyzeOne(statement).operations()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t ADD INDEX i (a, b(10))   | i       | PLAIN    | a b(10)",
                "ALTER TABLE t ADD KEY (c)              | c       | PLAIN    | c",
                "ALTER TABLE t ADD UNIQUE KEY u (d)     | u       | UNIQUE   | d",
                "ALTER TABLE t ADD CONSTRAINT u UNIQUE (d) | u    | UNIQUE   | d",
                "ALTER TABLE t ADD PRIMARY KEY (f)      | PRIMARY | PRIMARY  | f",
                "ALTER TABLE t ADD FULLTEXT INDEX f (g) | f       | FULLTEXT | g",
                "CREATE UNIQUE INDEX i ON t (a DESC)    | i       | UNIQUE   | a DESC",
                "CREATE INDEX IF NOT EXISTS i ON t (a)  | i       | PLAIN    | a"
            })
    void anIndexHasANameAKindAndParts(String statement, String name, IndexDefinition.Kind kind, String parts) {
        IndexDefinition index = ((KeyOperation.AddIndex) operation(statement)).index();

        assertThat(index.effectiveName()).isEqualTo(name);
        assertThat(index.kind()).isEqualTo(kind);
        assertThat(index.parts().stream().map(IndexDefinition.Part::text)).containsExactly(parts.split(" (?!DESC)"));
    }

    @Test
    void aColumnIsReadWithAllThatDefinesIt() {
        Operation operation =
                operation("ALTER TABLE t ADD COLUMN c VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
                        + " NOT NULL DEFAULT 'it''s' COMMENT 'why'");

        assertThat(((ColumnOperation.AddColumn) operation).definition())
                .isEqualTo(new ColumnDefinition(
                        "c",
                        "VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        false,
                        Optional.of("'it''s'"),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.of("why")));
    }

    @Test
    void aTableIsReadWithItsColumnsIndexesAndForeignKeys() {
        TableOperation.CreateTable table = (TableOperation.CreateTable) operation("""
                CREATE TABLE IF NOT EXISTS `cloud_usage`.`t` (
                  `id` BIGINT NOT NULL AUTO_INCREMENT,
                  `at` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
                  `sum` INT GENERATED ALWAYS AS (`a` + 1) STORED,
                  `a` INT UNIQUE,
                  PRIMARY KEY (`id`),
                  KEY `i` (`a`, `at`),
                  CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `cloud`.`o` (`id`) ON DELETE CASCADE,
                  CONSTRAINT `ck` CHECK (`a` > 0)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4""");

        assertThat(table.table()).isEqualTo(new ObjectName("cloud_usage", "t"));
        assertThat(table.ifNotExists()).isTrue();
        assertThat(table.columns().stream().map(ColumnDefinition::name)).containsExactly("id", "at", "sum", "a");
        assertThat(table.columns().get(0).autoIncrement()).isTrue();
        assertThat(table.columns().get(1).onUpdate()).contains("CURRENT_TIMESTAMP");
        assertThat(table.columns().get(2).generated().map(Expression::columns)).contains(Set.of("a"));
        assertThat(table.indexes().stream().map(IndexDefinition::effectiveName)).containsExactly("a", "PRIMARY", "i");
        assertThat(table.foreignKeys())
                .containsExactly(new ForeignKey(
                        Optional.of("fk"),
                        List.of("a"),
                        new ObjectName("cloud", "o"),
                        List.of("id"),
                        Optional.of("CASCADE"),
                        Optional.empty()));
        assertThat(table.options()).isEqualTo(Map.of("engine", "InnoDB", "charset", "utf8mb4"));
    }

    @Test
    void aStatementOfSeveralPartsIsSeveralOperationsInOrder() {
        assertThat(analyzeOne("ALTER TABLE t ADD a INT, ADD KEY i (a), DROP b, COMMENT='x'")
                        .operations())
                .hasExactlyElementsOfTypes(
                        ColumnOperation.AddColumn.class,
                        KeyOperation.AddIndex.class,
                        ColumnOperation.DropColumn.class,
                        TableOperation.ChangeTableOptions.class);
    }

    @Test
    void anInsertIsReadWithItsRows() {
        RowOperation.InsertRows insert =
                (RowOperation.InsertRows) operation("INSERT IGNORE INTO t (id, name) VALUES (1, 'x'), (2, NOW())");

        assertThat(insert.columns()).containsExactly("id", "name");
        assertThat(insert.rows()).hasSize(2);
        assertThat(insert.onDuplicate()).isEqualTo(RowOperation.OnDuplicate.IGNORE);
        assertThat(insert.selection().values()).containsOnlyKeys("id");
    }

    @ParameterizedTest
    @CsvSource({
        "INT NOT NULL, true",
        "INT NULL, false",
        "INT NOT NULL DEFAULT 1, false",
        "INT NOT NULL AUTO_INCREMENT, false",
        "INT PRIMARY KEY, true"
    })
    void aColumnWithoutADefaultIsRequired(String definition, boolean required) {
        ColumnOperation.AddColumn add =
                (ColumnOperation.AddColumn) operation("ALTER TABLE t ADD COLUMN c " + definition);

        assertThat(add.definition().required()).isEqualTo(required);
    }
}
