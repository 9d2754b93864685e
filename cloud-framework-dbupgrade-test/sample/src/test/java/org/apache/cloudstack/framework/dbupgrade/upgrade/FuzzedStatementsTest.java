package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.internal.lint.Lint;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.PhaseAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.ScriptComparison;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a statement is, reading it stops nothing: lint, plan and upgrade go as far as the server lets them. Another seed
 * than that of the clock is given by {@code -Ddbupgrade.fuzz=<seed>}.
 */
@UpgradeDatabase
class FuzzedStatementsTest {

    private static final int READ = 4_000;
    private static final int LINTED = 400;
    private static final int RUN = 20;
    private static final int DEEP = 20_000;
    private static final List<String> ODD = List.of(
            "(",
            ")",
            ",",
            ".",
            "@",
            "@@",
            ":=",
            "::",
            "->",
            "->>",
            "'",
            "\"",
            "`",
            "``",
            "''",
            "{d '2001-01-01'}",
            "0x",
            "b'2'",
            "N'x'",
            "_utf8",
            "NULL",
            "AS",
            "value",
            "NEXT VALUE FOR s",
            "OVER ()",
            "IF",
            "CASE",
            "END",
            "WITH a AS (",
            "LATERAL",
            "JSON_TABLE(",
            "INTERVAL 1",
            "*",
            "SELECT",
            "FROM",
            "\u00e4",
            "\uD83D\uDE00",
            "1e999",
            "-- x\n",
            "/*! ",
            "*/",
            "PARTITION",
            "RETURNING",
            "VALUES ROW(",
            "FOR SYSTEM_TIME",
            "PERIOD FOR",
            "%",
            "?",
            ":a",
            "#\n");

    @TempDir
    Path folder;

    private final MigratedDatabase database;
    private final long seed = Long.getLong("dbupgrade.fuzz", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> real = real();

    FuzzedStatementsTest(MigratedDatabase database) {
        this.database = database;
    }

    @Test
    void whatIsReadOfThemIsUnknownAtWorst() {
        for (int i = 0; i < READ; i++) {
            List<SqlStatement> script = List.of(new SqlStatement(1, 1, mutated()), new SqlStatement(2, 1, mutated()));

            assertThatCode(() -> {
                        List<Analysis> read = new StatementAnalyzer().analyze(script, "cloud");
                        new PhaseAnalyzer().read(read);
                        ScriptComparison.of(read.subList(0, 1), read.subList(1, 2))
                                .clashes();
                        script.forEach(SqlStatement::userVariables);
                    })
                    .as("seed %d: %s", seed, script)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void lintGoesThroughAllOfThem() {
        Workbench bench = new Workbench(folder, database).with("V_400_A.sql", "CREATE TABLE a (id INT);");
        for (int i = 1; i <= LINTED; i++) {
            bench.with("V_4.1.0_" + i + ".sql", whole());
        }
        ScanResult scanned = MigrationScanner.scan(
                List.of("filesystem:" + folder),
                getClass().getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());

        assertThatCode(() -> new Lint("cloud").check(scanned))
                .as("seed %d", seed)
                .doesNotThrowAnyException();
        assertThatCode(() -> bench.upgrade().status()).as("seed %d", seed).doesNotThrowAnyException();
    }

    @Test
    void anUpgradeOfAnExistingDatabaseEndsOrSaysWhatTheServerSaid() {
        Workbench bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT); CREATE TABLE conf (name INT, value INT);");
        for (int i = 0; i < RUN; i++) {
            bench.database().run("DROP DATABASE IF EXISTS cloud");
            bench.scriptsRun();
            String script = whole();

            bench.with("V_4.1.0_A.sql", script);

            assertThatCode(() -> upgraded(bench))
                    .as("seed %d: %s", seed, script)
                    .doesNotThrowAnyException();
            bench.without("V_4.1.0_A.sql");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW named AS SELECT c.name value FROM conf c",
                "CREATE VIEW v AS SELECT c.name AS `value`, 1 one FROM conf c",
                "INSERT INTO a SELECT 1 value"
            })
    void whatTheParserCannotLinkRunsNevertheless(String statement) {
        Workbench bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT); CREATE TABLE conf (name INT, value INT);");
        bench.scriptsRun();

        assertThat(bench.with("V_410_A.sql", statement).scriptsRun()).containsExactly("V_410_A.sql");
    }

    @Test
    void aStatementThatIsNestedDeeplyIsUnknown() {
        List<SqlStatement> deep = IntStream.range(0, 4)
                .mapToObj(kind -> switch (kind) {
                    case 0 -> "SELECT " + "(".repeat(DEEP) + "1" + ")".repeat(DEEP);
                    case 1 -> "UPDATE a SET id = 1 WHERE " + "NOT ".repeat(DEEP) + "1";
                    case 2 -> "SELECT " + "CASE WHEN 1 THEN ".repeat(DEEP) + "1" + " END".repeat(DEEP);
                    default -> "UPDATE a SET id = 1 WHERE id = 1" + " OR id = 2".repeat(DEEP);
                })
                .map(text -> new SqlStatement(1, 1, text))
                .toList();

        assertThat(new StatementAnalyzer().analyze(deep, "cloud")).hasSize(deep.size());
    }

    private static void upgraded(Workbench bench) {
        try {
            bench.upgrade().upgrade();
        } catch (UpgradeFailedException | UpgradeRefusedException e) {
            // what the server said of the statement
        }
    }

    /** A mutated statement that the splitter takes for something whole. */
    private String whole() {
        while (true) {
            String text = mutated();
            try {
                ClientSplitter.split("V_410_A.sql", text);
                return text;
            } catch (UnreadableScriptException e) {
                // another one
            }
        }
    }

    private String mutated() {
        List<String> words =
                new ArrayList<>(List.of(real.get(random.nextInt(real.size())).split("(?<=\\W)|(?=\\W)")));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !words.isEmpty(); i++) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(5)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, ODD.get(random.nextInt(ODD.size())));
                case 2 -> words.add(at, words.get(random.nextInt(words.size())));
                case 3 -> words.set(at, ODD.get(random.nextInt(ODD.size())));
                default -> words.subList(at, words.size()).clear();
            }
        }
        return String.join("", words);
    }

    private static List<String> real() {
        ScanResult sample = MigrationScanner.scan(
                List.of(SampleManagementServer.MIGRATIONS),
                FuzzedStatementsTest.class.getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());
        List<Migration> migrations = new ArrayList<>(sample.migrations().versioned());
        migrations.addAll(sample.migrations().repeatables());
        return migrations.stream()
                .flatMap(each -> each.statements().stream())
                .map(SqlStatement::text)
                .toList();
    }
}
