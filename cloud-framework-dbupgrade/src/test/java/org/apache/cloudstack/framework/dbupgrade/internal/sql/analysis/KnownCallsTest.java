package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyze;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of a procedure that the scripts carry is read as its statements would be that it runs with these arguments. */
class KnownCallsTest {

    private static final String CLOUDSTACK = """
            CREATE PROCEDURE `cloud`.`IDEMPOTENT_ADD_COLUMN` (
                IN in_table_name VARCHAR(200), IN in_column_name VARCHAR(200), IN in_column_definition VARCHAR(1000))
            BEGIN
                DECLARE CONTINUE HANDLER FOR 1060 BEGIN END;
                SET @ddl = CONCAT('ALTER TABLE ', in_table_name);
                SET @ddl = CONCAT(@ddl, ' ', 'ADD COLUMN');
                SET @ddl = CONCAT(@ddl, ' ', in_column_name);
                SET @ddl = CONCAT(@ddl, ' ', in_column_definition);
                PREPARE stmt FROM @ddl; EXECUTE stmt; DEALLOCATE PREPARE stmt;
            END""";

    private static final String BY_CATALOGUE = """
            CREATE PROCEDURE add_column(t VARCHAR(64), c VARCHAR(64), d VARCHAR(64))
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                        WHERE table_schema = DATABASE() AND table_name = t AND column_name = c) THEN
                    SET @s = CONCAT('ALTER TABLE `', t, '` ADD COLUMN `', c, '` ', d);
                    PREPARE s FROM @s;
                    EXECUTE s;
                    DEALLOCATE PREPARE s;
                END IF;
            END""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL `cloud`.`IDEMPOTENT_ADD_COLUMN`('cloud.vm', 'role', 'INT NULL')",
                "CALL cloud.idempotent_add_column('vm', 'role', 'INT NULL')"
            })
    void aCallThatSwallowsOneErrorIsItsStatement(String call) {
        Analysis read = last(CLOUDSTACK, call);

        assertThat(read.unknown()).isEmpty();
        assertThat(changes(read)).singleElement().isInstanceOfSatisfying(ColumnOperation.AddColumn.class, add -> {
            assertThat(add.table()).hasToString("cloud.vm");
            assertThat(add.column()).isEqualTo("role");
            assertThat(add.ifNotExists()).isTrue();
        });
        assertThat(phase(CLOUDSTACK, call)).isEqualTo(Phase.EXPAND);
    }

    @Test
    void callsForDifferentTablesCommuteAndForOneColumnDoNot() {
        List<Analysis> one = analyze(BY_CATALOGUE, "CALL add_column('t', 'a', 'INT NULL')");
        List<Analysis> other = analyze(BY_CATALOGUE, "CALL add_column('u', 'b', 'INT NULL')");
        List<Analysis> same = analyze(BY_CATALOGUE, "CALL add_column('t', 'a', 'BIGINT NULL')");

        assertThat(ScriptComparison.of(one.subList(1, 2), other.subList(1, 2)).commutes())
                .isTrue();
        assertThat(ScriptComparison.of(one.subList(1, 2), same.subList(1, 2)).commutes())
                .isFalse();
    }

    /** Later statements are judged by what a column is, so it must be known whether it was changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p(n INT) BEGIN IF n > 1 THEN ALTER TABLE vm DROP COLUMN c; END IF; END",
                "CREATE PROCEDURE p(n INT) BEGIN IF (SELECT COUNT(*) FROM vm) = 0 THEN ALTER TABLE vm ADD COLUMN c INT;"
                        + " END IF; END",
                "CREATE PROCEDURE p(n INT) BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'vm'"
                        + " AND data_type = 'int') THEN ALTER TABLE vm MODIFY c SMALLINT; END IF; END",
                "CREATE PROCEDURE p(n INT) BEGIN CASE WHEN n > 1 THEN SET @s = 'ALTER TABLE vm MODIFY c SMALLINT';"
                        + " ELSE SET @s = 'SELECT 1'; END CASE; PREPARE s FROM @s; EXECUTE s; END",
                "CREATE PROCEDURE q() ALTER TABLE vm MODIFY c SMALLINT;"
                        + "CREATE PROCEDURE p(n INT) BEGIN IF n > 1 THEN CALL q(); END IF; END",
            })
    void aChangeThatMayBeSkippedIsUnknown(String bodies) {
        String[] script = (bodies + "|CALL p(2)").replace(";CREATE", "|CREATE").split("\\|");

        assertThat(last(script).unknown()).isPresent();
        assertThat(phase(script)).isEqualTo(Phase.CONTRACT);
    }

    @Test
    void soIsOneThatAPreparedStatementMayMake() {
        assertThat(last(
                                "SELECT IF((SELECT COUNT(*) FROM vm) > 0, 'SELECT 1', 'ALTER TABLE vm MODIFY c SMALLINT') INTO @s",
                                "PREPARE s FROM @s",
                                "EXECUTE s")
                        .unknown())
                .isPresent();
    }

    @Test
    void theInlineFormIsTheStatementThatItMayRun() {
        List<Analysis> script = analyze(
                "SELECT IF(EXISTS(SELECT 1 FROM information_schema.columns WHERE table_schema = 'cloud'"
                        + " AND table_name = 't' AND column_name = 'c'), 'select 1',"
                        + " 'ALTER TABLE t ADD COLUMN c INT NULL') INTO @a",
                "PREPARE s FROM @a",
                "EXECUTE s",
                "DEALLOCATE PREPARE s");

        assertThat(script).allSatisfy(each -> assertThat(each.unknown()).isEmpty());
        assertThat(new PhaseAnalyzer().read(script).phase()).isEqualTo(Phase.EXPAND);
        assertThat(ScriptComparison.of(script, analyze("ALTER TABLE u ADD COLUMN d INT"))
                        .commutes())
                .isTrue();
        assertThat(ScriptComparison.of(script, analyze("ALTER TABLE t DROP COLUMN c"))
                        .commutes())
                .isFalse();
    }

    @Test
    void aTextFromAQueryWithoutAFixedRowIsOneOfItsBranches() {
        List<Analysis> script = analyze(
                "SET @s = (SELECT IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND table_name = 't' AND column_name = 'c') > 0, 'SELECT 1',"
                        + " CONCAT('ALTER TABLE ', 't', ' DROP COLUMN c;')))",
                "PREPARE s FROM @s",
                "EXECUTE s");

        assertThat(script.get(2).unknown()).isEmpty();
        assertThat(new PhaseAnalyzer().read(script).phase()).isEqualTo(Phase.CONTRACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN SELECT a INTO @s FROM texts; PREPARE s FROM @s; EXECUTE s; END",
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN DECLARE CONTINUE HANDLER FOR 1060 SET @s = 'DROP TABLE t';"
                        + " SET @s = 'SELECT 1'; PREPARE s FROM @s; EXECUTE s; END",
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN DECLARE n INT DEFAULT 0; WHILE n < 3 DO SET n = n + 1;"
                        + " SET @s = CONCAT('DROP TABLE t', n); PREPARE s FROM @s; EXECUTE s; END WHILE; END",
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN CALL q(t); END",
                "CREATE PROCEDURE p(t VARCHAR(64), u INT) BEGIN SELECT 1; END",
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN SET @s = other(t); PREPARE s FROM @s; EXECUTE s; END",
                "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN IF t = 'a' THEN SET @s = f(t); ELSE SET @s = 'SELECT 1'; END IF;"
                        + " PREPARE s FROM @s; EXECUTE s; END",
                "CREATE PROCEDURE IF NOT EXISTS p(t VARCHAR(64)) BEGIN SELECT 1; END"
            })
    void whatCannotBeFollowedStaysUnknown(String body) {
        assertThat(last(body, "CALL p('x')").unknown()).isPresent();
        assertThat(phase(body, "CALL p('x')")).isEqualTo(Phase.CONTRACT);
    }

    @Test
    void aVariableThatNothingShowsStaysUnknown() {
        assertThat(last(
                                "SET @a = f()",
                                "SELECT 'SELECT 1' INTO @a FROM information_schema.tables WHERE table_name = 'x'",
                                "PREPARE s FROM @a",
                                "EXECUTE s")
                        .unknown())
                .isPresent();
        assertThat(last("SET @a = 'SELECT 1'", "SELECT @a := text FROM texts", "PREPARE s FROM @a", "EXECUTE s")
                        .unknown())
                .isPresent();
        assertThat(last("SET @a = 'SELECT 1'", "CALL any()", "PREPARE s FROM @a", "EXECUTE s")
                        .unknown())
                .isPresent();
    }

    @Test
    void proceduresCallEachOtherAndTheLastBodyCounts() {
        String inner =
                "CREATE PROCEDURE q(t VARCHAR(64)) BEGIN SET @s = CONCAT('ANALYZE TABLE ', t); PREPARE s FROM @s;"
                        + " EXECUTE s; END";
        String outer = "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN CALL q(CONCAT('cloud.', t)); END";

        assertThat(last(inner, outer, "CALL p('x')").unknown()).isEmpty();
        assertThat(last(inner, outer, "DROP PROCEDURE q", "CALL p('x')").unknown())
                .isPresent();
        assertThat(phase(
                        inner,
                        "DROP PROCEDURE IF EXISTS q",
                        "CREATE PROCEDURE q(t VARCHAR(64)) BEGIN ALTER TABLE vm DROP COLUMN c; END",
                        outer,
                        "CALL p('x')"))
                .isEqualTo(Phase.CONTRACT);
    }

    @Test
    void declaredStatementsStandForACallThatCannotBeFollowed() {
        String body = "CREATE PROCEDURE p(t VARCHAR(64), c VARCHAR(64)) BEGIN SELECT a INTO @s FROM texts;"
                + " PREPARE s FROM @s; EXECUTE s; END";
        KnownProcedures declared = KnownProcedures.NONE.declaring(
                Map.of("p", List.of("ALTER TABLE {1} ADD COLUMN IF NOT EXISTS {2} INT NULL")));

        List<Analysis> read = new StatementAnalyzer(declared)
                .analyze(statements(body, "CALL p('vm', 'c')", "CALL p(@t, 'c')"), "cloud");

        assertThat(read.get(1).unknown()).isEmpty();
        assertThat(changes(read.get(1))).singleElement().isInstanceOf(ColumnOperation.AddColumn.class);
        assertThat(read.get(2).unknown()).isPresent();
    }

    @Test
    void anEarlierScriptCarriesTheBody() {
        KnownProcedures known = new StatementAnalyzer().after(statements("SELECT 1", CLOUDSTACK), "cloud");

        assertThat(new StatementAnalyzer(known)
                        .analyze(statements("CALL IDEMPOTENT_ADD_COLUMN('vm', 'c', 'INT')"), "cloud")
                        .get(0)
                        .unknown())
                .isEmpty();
        assertThat(new StatementAnalyzer(new StatementAnalyzer(known)
                                .after(statements("DROP PROCEDURE IDEMPOTENT_ADD_COLUMN"), "cloud"))
                        .analyze(statements("CALL IDEMPOTENT_ADD_COLUMN('vm', 'c', 'INT')"), "cloud")
                        .get(0)
                        .unknown())
                .isPresent();
    }

    private static List<SqlStatement> statements(String... texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> new SqlStatement(i + 1, i + 1, texts[i]))
                .toList();
    }

    private static Analysis last(String... script) {
        List<Analysis> read = analyze(script);
        return read.get(read.size() - 1);
    }

    private static Phase phase(String... script) {
        String table = "CREATE TABLE vm (id INT PRIMARY KEY, c INT)";
        PhaseAnalyzer phases = new PhaseAnalyzer();
        phases.read(analyze(table));
        phases.beginRelease();
        List<Analysis> read = analyze(script);
        return phases.read(read.subList(read.size() - 1, read.size())).phase();
    }

    private static List<Operation> changes(Analysis read) {
        return read.operations().stream()
                .filter(each -> !(each instanceof RowOperation.ReadRows || each instanceof SessionOperation))
                .toList();
    }
}
