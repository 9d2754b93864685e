package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd scripts make of a database what the server's own client makes of it. */
@UpgradeDatabase
class ClientAgreementTest {

    @TempDir
    Path folder;

    private final MigratedDatabase database;
    private Workbench bench;

    ClientAgreementTest(MigratedDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        bench = new Workbench(folder, database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (id INT);\n/* outer /* inner */ INSERT INTO a VALUES (1);\n/* x */ INSERT INTO a VALUES (2);",
                "CREATE TABLE a (id INT);\n/* pages below /client/* and more */\nINSERT INTO a VALUES (1);",
                "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (5\n--2);",
                "CREATE TABLE a (id INT); # c; d\nINSERT INTO a VALUES (1), # ; no\n(2);",
                "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1)",
                "CREATE TABLE a (`x\\` INT);\nINSERT INTO a VALUES (1);",
                "CREATE TABLE a (id INT);\nINSERT /*+ ; ' */ INTO a VALUES (1);\nINSERT INTO a VALUES (2);",
                "DELIMITER '//'\nCREATE TABLE a (id INT)//\nINSERT INTO a VALUES (1)//\ndelimiter ;\nINSERT INTO a VALUES (2);",
                "DELIMITER // ;\nCREATE TABLE a (id INT)//\nINSERT INTO a VALUES (1)//",
                "CREATE TABLE a (s VARCHAR(90));\nINSERT INTO a VALUES ('a\\\nb');\nINSERT INTO a VALUES ('x  \n  y;');",
                "SET sql_mode='NO_BACKSLASH_ESCAPES';\nCREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('C:\\');\nINSERT INTO a VALUES ('D');",
                ";;\nCREATE TABLE a (id INT);;\nINSERT INTO a VALUES (1);",
                "CREATE TABLE a (id INT);\n-- x\n/* multi\nline; */ INSERT INTO a VALUES (1);",
                "CREATE TABLE a (s VARCHAR(9));\n/*!50000 INSERT INTO a VALUES ('*/') */;\nINSERT INTO a VALUES ('b');",
                "CREATE TABLE a (s VARCHAR(9));\n/*M! INSERT INTO a VALUES ('m') */;\nINSERT INTO a VALUES ('b');",
                "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1) --\n;\nINSERT INTO a VALUES (2) --\t;\n;",
                "DELIMITER $$\nCREATE TABLE a (a$ INT)\n$$\nINSERT INTO a VALUES (1)$$ INSERT INTO a VALUES (2)$$",
                "SET sql_mode='ANSI_QUOTES';\nCREATE TABLE a (\"x;\" INT);\nINSERT INTO a (\"x;\") VALUES (1);",
                "CREATE TABLE a (s VARCHAR(40));\nINSERT INTO a VALUES (\"it's; \"\"q\"\" \\\" ;\");\nINSERT INTO a VALUES ('he said \"x;\"');",
                "CREATE TABLE a (id INT, `delimiter` VARCHAR(3));\nINSERT INTO a VALUES (1, ';');\nUPDATE a SET\ndelimiter = ','\nWHERE id = 1;",
                "delimiter //\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 'DELIMITER ;';\nEND\n//\nDelimiter ;\nCREATE TABLE a (id INT);",
                "CREATE TABLE a (id INT, delimiter_id INT);\nINSERT INTO a VALUES (1,\n2);\nSELECT\n'source x'\n;",
                "SET @m = @@sql_mode, sql_mode = 'NO_BACKSLASH_ESCAPES';\nCREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('\\');\nSET sql_mode = @m;\nINSERT INTO a VALUES ('\\';');",
                "CREATE TABLE a (s VARCHAR(9)); INSERT INTO a VALUES ('ä;ß'), ('\uD83D\uDE00');",
                "/* only */\n-- comments\n# here\nCREATE TABLE a (id INT);\n/* and */",
                "CREATE TABLE a (id INT);\n-- c\nDELIMITER //\nINSERT INTO a VALUES (1)// INSERT INTO a VALUES (2)//\n\tdelimiter ;\nINSERT INTO a VALUES (3);",
                "CREATE TABLE a (id INT); /* c\n d */\nDELIMITER |\nINSERT INTO a VALUES (1)|INSERT INTO a VALUES (2)|",
                "CREATE TABLE a (id INT);\nDELIMITER //;\nINSERT INTO a VALUES (1)//;\nINSERT INTO a VALUES (2)//;",
                "CREATE TABLE a (id INT);\nDELIMITER #\nINSERT INTO a VALUES (1)#\nINSERT INTO a VALUES (2)#",
                "DELIMITER go\nCREATE TABLE a (id INT) go\nINSERT INTO a VALUES (1)\ngo\nINSERT INTO a VALUES (2) go",
                "CREATE TABLE a (id INT);\nINSERT INTO a VALUES /*!50000 (1), */ (2) /*!99999 , (3) */;\nINSERT INTO a VALUES (4) /*M!100500 , (5) */;",
                "CREATE TABLE a (s VARCHAR(30));\nINSERT INTO a VALUES ('\nDELIMITER //\n-- x;\n# y;\n/* z;\n');\nINSERT INTO a VALUES ('b');",
                "CREATE TABLE a (s VARCHAR(30));\nINSERT INTO a VALUES (X'3B'), (0x3B27), (_utf8mb4'a;b'), (N'c;d'), (_binary 'e;');\nINSERT INTO a VALUES ('f');",
                "CREATE TABLE a (s VARCHAR(30));\nINSERT INTO a VALUES ('\\\\'), ('\\\\\\';');\nINSERT INTO a VALUES (\"\\\";\");",
                "/*!40101 SET sql_mode = 'NO_BACKSLASH_ESCAPES' */;\nCREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('\\');\nINSERT INTO a VALUES ('b');",
                "CREATE TABLE a (id INT);\r\nDELIMITER //\r\nINSERT INTO a VALUES (1)//\r\nDELIMITER ;\r\n-- c\r\nINSERT INTO a VALUES (2);\r\n",
                "CREATE TABLE a (id INT, `a``;b` INT);INSERT INTO a VALUES (4/*x*//2, 2*/**/3);INSERT INTO a VALUES (5--1, 6);",
                "USE cloud;\nCREATE TABLE a (id INT);\nUSE `cloud`;\nINSERT INTO a VALUES (1);"
            })
    void aScriptEndsAsWithTheClient(String script) throws Exception {
        bench.with("V_400_A.sql", "SELECT 1;").scriptsRun();
        client(script);
        List<Map<String, Object>> expected = found();
        bench.database().run("DROP TABLE cloud.a; DROP PROCEDURE IF EXISTS cloud.p");

        bench.with("V_410_A.sql", script).scriptsRun();

        assertThat(found()).isEqualTo(expected);
    }

    /** MySQL's own client has no such commands by default any more, and sends comments. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (id INT);\n--comment; here\nINSERT INTO a VALUES (5);--tail; x\nINSERT INTO a VALUES (6); --tail2; x\n/* c */ --tail3; x\nINSERT INTO a VALUES (7);",
                "CREATE TABLE a (id INT);\nuse cloud\nINSERT INTO a VALUES (1);",
                "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (\\N);"
            })
    void aScriptEndsAsWithTheClientOfMariaDb(String script) throws Exception {
        Assumptions.assumeTrue(isMariaDb());
        aScriptEndsAsWithTheClient(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* never closed",
                "INSERT INTO a VALUES ('never closed);",
                "SELECT `never closed;",
                "INSERT INTO a VALUES (1) /*! never closed",
                "INSERT INTO a VALUES (1) /*! ; */;",
                "CREATE PROCEDURE p() BEGIN SELECT 1; ",
                "source other.sql",
                "\\. other.sql",
                "SELECT 1\\G",
                "SELECT 1 \\g",
                "exit",
                "DELIMITER",
                "SELECT 1; DELIMITER //",
                "/* c */ delimiter //"
            })
    void whatNoServerCanReadIsRefusedBeforeTheFirstStatementRuns(String rest) {
        bench.with("V_400_A.sql", "CREATE TABLE a (id INT);\n" + rest);

        assertThat(bench.refusedFor(FindingCode.UNREADABLE_SCRIPT).problem()).contains("line 2");
        assertThat(bench.tables()).isEmpty();
    }

    @Test
    void theModeOfTheHeadLineDecidesWhereAStringEnds() {
        bench.with("V_400_A.sql", """
                -- dbupgrade: sql_mode=NO_BACKSLASH_ESCAPES
                CREATE TABLE path (v VARCHAR(100));
                INSERT INTO path (v) VALUES ('C:\\');
                INSERT INTO path (v) VALUES ('D:\\x\\ -- no comment');
                CREATE TABLE after_path (id INT PRIMARY KEY);
                """).with("V_410_A.sql", """
                -- dbupgrade: sql_mode=ANSI_QUOTES
                CREATE TABLE "a;b" ("c\\" INT, "d" INT);
                ALTER TABLE "a;b" DROP COLUMN "d";
                """);

        bench.scriptsRun();

        assertThat(bench.database()
                        .jdbc()
                        .sql("SELECT v FROM cloud.path ORDER BY v")
                        .query(String.class)
                        .list())
                .containsExactly("C:\\", "D:\\x\\ -- no comment");
        assertThat(bench.tables()).contains("cloud.a;b", "cloud.after_path");
    }

    @Test
    void aScriptWithOtherLineEndsHasTheSameRowsAndIsTheSameChange() {
        String script =
                "CREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('a\nb');\nINSERT INTO a VALUES ('c \n');\n";
        bench.with("V_400_A.sql", script).scriptsRun();

        assertThat(bench.with("V_400_A.sql", script.replace("\n", "\r\n")).scriptsRun())
                .isEmpty();

        bench.with(
                "V_410_A.sql",
                script.replace("TABLE a", "TABLE b").replace("INTO a", "INTO b").replace("\n", "\r\n"));
        bench.scriptsRun();
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.a JOIN cloud.b ON HEX(a.s) = HEX(b.s)"))
                .isEqualTo(2);
    }

    @Test
    void aBlankAtTheEndOfALineOfAStringIsAnotherChange() {
        bench.with("V_400_A.sql", "CREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('a\nb');")
                .scriptsRun();

        bench.with("V_400_A.sql", "CREATE TABLE a (s VARCHAR(9));\nINSERT INTO a VALUES ('a \nb');");

        bench.refusedFor(FindingCode.APPLIED_MIGRATION_CHANGED);
    }

    @Test
    void aServerThatQuotesNamesAsTheStandardDoesIsUpgraded() {
        String before = bench.value(String.class, "SELECT @@GLOBAL.sql_mode");
        bench.database().run("SET GLOBAL sql_mode = 'ANSI'");
        try {
            bench.with("V_400_A.sql", "CREATE TABLE a (id INT); SET @x = 1; INSERT INTO a VALUES (@x);")
                    .with("V_400_B.sql", "INSERT INTO a VALUES (2); SET SESSION sql_select_limit = 1;")
                    .with("V_400_C.sql", "UPDATE a SET id = 3; CREATE TABLE b (id INT);");

            assertThat(bench.scriptsRun()).hasSize(3);
        } finally {
            bench.database().run("SET GLOBAL sql_mode = '" + before + "'");
        }
    }

    private void client(String script) throws Exception {
        DatabaseServer server = bench.database().server();
        DumpTarget target = DumpTarget.of(server.jdbcUrl(), server.user(), server.password());
        List<String> command = new ArrayList<>(List.of(
                isMariaDb() ? "mariadb" : clientOfMySql(),
                "--no-defaults",
                "--protocol=TCP",
                "--default-character-set=utf8mb4",
                "--host=" + target.host(),
                "--port=" + target.port(),
                "--user=" + target.user(),
                "--force",
                "cloud"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", target.password());
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said).as("the client accepts the script").doesNotContain("ERROR");
    }

    /** The one that came with the server, where a script started that; Debian's is MariaDB's under another name. */
    private static String clientOfMySql() {
        Path own = Path.of(System.getenv().getOrDefault("DBUPGRADE_SERVERS", "/tmp/dbupgrade-servers"), "bin", "mysql");
        return Files.isExecutable(own) ? own.toString() : "mysql";
    }

    private boolean isMariaDb() {
        return bench.value(String.class, "SELECT VERSION()").contains("MariaDB");
    }

    private List<Map<String, Object>> found() {
        return bench.database()
                .jdbc()
                .sql("SELECT * FROM cloud.a ORDER BY 1")
                .query()
                .listOfRows();
    }
}
