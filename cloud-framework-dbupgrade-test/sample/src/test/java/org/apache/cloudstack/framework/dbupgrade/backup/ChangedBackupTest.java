package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A backup that was changed and got right checksums does nothing but a restore's work, or nothing at all. */
class ChangedBackupTest {

    private static final String END_OF_DUMP = "-- Dump completed";

    /** In place of the line before the end of the dump. */
    private static final List<String> STATEMENTS = List.of(
            "DROP DATABASE elsewhere;",
            "INSERT INTO elsewhere.kept VALUES (2);",
            "USE elsewhere;",
            "CREATE TABLE elsewhere.more (id INT);",
            "DROP TABLE IF EXISTS cloud.vm, elsewhere.kept;",
            "LOCK TABLES elsewhere.kept WRITE;",
            "CREATE USER intruder;",
            "GRANT ALL ON *.* TO intruder;",
            "SET PASSWORD = 'sesame';",
            "SET GLOBAL max_connections = 77;",
            "SET @@global.max_connections = 77;",
            "SET PERSIST max_connections = 77;",
            "SET SESSION sql_log_bin = 0;",
            "SET @x = (SELECT 1);",
            "INSTALL PLUGIN x SONAME 'x.so';",
            "CREATE FUNCTION cloud.f RETURNS STRING SONAME 'f.so';",
            "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE cloud.vm;",
            "SELECT 1 INTO OUTFILE '/tmp/written';",
            "SELECT * FROM cloud.vm;",
            "CREATE TABLE cloud.copy AS SELECT * FROM elsewhere.kept;",
            "CREATE TABLE cloud.copy (id INT) SELECT * FROM elsewhere.kept;",
            "CREATE TABLE cloud.copy (id INT) TABLE elsewhere.kept;",
            "CREATE TABLE cloud.copy LIKE elsewhere.kept;",
            "CREATE TABLE cloud.file (a INT) ENGINE=CONNECT TABLE_TYPE=DOS FILE_NAME='/etc/passwd';",
            "CREATE TABLE cloud.other (id INT) ENGINE=MERGE UNION=(elsewhere.kept) INSERT_METHOD=LAST;",
            "CREATE TABLE cloud.far (id INT) ENGINE=FEDERATED CONNECTION='mysql://a@b/c/d';",
            "CREATE TABLE cloud.placed (id INT) ENGINE=InnoDB DATA DIRECTORY='/tmp';",
            "CREATE TABLE cloud.kid (id INT, FOREIGN KEY (id) REFERENCES elsewhere.kept (id));",
            "INSERT INTO cloud.vm VALUES (7, LOAD_FILE('/etc/passwd'));",
            "INSERT INTO cloud.vm VALUES (7, (SELECT 1));",
            "INSERT INTO cloud.vm SELECT * FROM elsewhere.kept;",
            "INSERT INTO cloud.vm VALUES (1, 'x') ON DUPLICATE KEY UPDATE id = 5;",
            "CREATE VIEW cloud.hole AS SELECT * FROM elsewhere.kept; INSERT INTO cloud.hole VALUES (2);",
            "CREATE TRIGGER cloud.tr AFTER INSERT ON cloud.vm FOR EACH ROW INSERT INTO elsewhere.kept VALUES (2);"
                    + " INSERT INTO cloud.vm VALUES (7, 'x');",
            "CREATE EVENT cloud.ev ON SCHEDULE AT cloud.now_and_more() DO DO 1;",
            "ALTER DATABASE elsewhere CHARACTER SET latin1;",
            "ALTER TABLE cloud.vm DATA DIRECTORY = '/tmp';",
            "PREPARE s FROM 'DROP DATABASE elsewhere';",
            "EXECUTE IMMEDIATE 'DROP DATABASE elsewhere';",
            "CALL cloud.p();",
            "DO SLEEP(1);",
            "/*!50000 DROP DATABASE elsewhere */;",
            "/*M! DROP DATABASE elsewhere */;",
            "/*M!100100 DROP DATABASE elsewhere */;",
            "/*!80000 DROP DATABASE elsewhere */;",
            "/*!999999 DROP DATABASE elsewhere */;",
            "/*!50001 CREATE VIEW cloud.v AS SELECT 1; DROP DATABASE elsewhere */;",
            "/*!99999 SET time_zone = '*/; DROP DATABASE elsewhere; -- ' */;",
            "/*!50000 SET /*!50000 GLOBAL */ max_connections = 77 */;",
            "/*!80000 SET sql_mode = 'NO_BACKSLASH_ESCAPES' */;",
            "SET sql_mode = 4194304;",
            "SET @m = @@foreign_key_checks; SET sql_mode = @m;",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; INSERT INTO cloud.vm VALUES (7, '\\'); DROP DATABASE elsewhere; -- ');",
            "SET NAMES gbk; INSERT INTO cloud.vm VALUES (7, '\u00e9'); SET NAMES utf8mb4;",
            "DELIMITER ;;\nCREATE PROCEDURE cloud.p() SELECT 1; DROP DATABASE elsewhere;;\nDELIMITER ;",
            "DELIMITER ;;\nCREATE PROCEDURE cloud.p() BEGIN SELECT begin FROM t; END; DROP DATABASE elsewhere; END;;\nDELIMITER ;",
            "DELIMITER ;;\nCREATE PROCEDURE cloud.p() BEGIN SELECT CASE WHEN 1 THEN begin END FOR UPDATE; END;"
                    + " DROP DATABASE elsewhere; END;;\nDELIMITER ;",
            "DELIMITER ;;\nCREATE PROCEDURE cloud.p() BEGIN IF CASE WHEN 1 THEN end WHEN 2 THEN begin + 1 END THEN SELECT 1;"
                    + " END IF; END; DROP DATABASE elsewhere; END;;\nDELIMITER ;",
            "DELIMITER ;;\nCREATE TRIGGER cloud.tr BEFORE INSERT ON cloud.vm FOR EACH ROW SET NEW.id = 1; DROP DATABASE elsewhere;;\n"
                    + "DELIMITER ;",
            "DELIMITER ;;\nDROP TABLE cloud.vm; DROP DATABASE elsewhere;;\nDELIMITER ;",
            "DELIMITER //\nDO 1//\nDELIMITER ;",
            "DELIMITER ;;",
            "CREATE PROCEDURE elsewhere.p() SELECT 1;",
            "CREATE DEFINER=root@localhost VIEW elsewhere.v AS SELECT 1;",
            "\\! touch /tmp/written",
            "\\. /tmp/other.sql",
            "\\T /tmp/written",
            "system touch /tmp/written",
            "source /tmp/other.sql",
            "DROP TABLE cloud.vm",
            "HANDLER cloud.vm OPEN;",
            "FLUSH PRIVILEGES;",
            "SHUTDOWN;");

    private final BackupBench bench;
    private final Backup backup;
    private final Path manifest;
    private final Path dump;
    private final String soundText;
    private final String soundManifest;
    private final List<String> before;

    ChangedBackupTest(@TempDir Path folder) throws IOException {
        this.bench = new BackupBench(folder).withSmallDatabases();
        bench.database.run("DROP DATABASE IF EXISTS elsewhere; CREATE DATABASE elsewhere;"
                + " CREATE TABLE elsewhere.kept (id INT PRIMARY KEY); INSERT INTO elsewhere.kept VALUES (1)");
        this.backup = bench.take();
        this.dump = backup.folder().resolve(Dump.FILE);
        this.manifest = backup.folder().resolve(BackupFolder.MANIFEST);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(dump)))) {
            this.soundText = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        this.soundManifest = Files.readString(manifest);
        bench.database.run("CREATE TABLE cloud.made_since (id INT PRIMARY KEY)");
        this.before = picture();
    }

    @AfterEach
    void dropDatabases() {
        bench.database.run("DROP DATABASE IF EXISTS elsewhere");
        bench.close();
    }

    @Test
    void nothingButARestoreIsInADump() throws IOException {
        for (String statement : STATEMENTS) {
            rewrite(soundText.replace(END_OF_DUMP, statement + "\n" + END_OF_DUMP), soundManifest);

            Finding finding = refused(FindingCode.BACKUP_UNSAFE, statement);

            assertThat(finding.problem())
                    .as(statement)
                    .contains(Dump.FILE, "at line")
                    .doesNotContain("passwd", "sesame");
            assertThat(finding.remedy()).contains("No database was changed");
        }
        assertThat(Files.exists(Path.of("/tmp/written"))).isFalse();
    }

    @Test
    void theStatementsOfTheManifestCreateItsDatabasesAndNothingElse() throws IOException {
        String creation = "\"creation\" : \"";
        for (String other : List.of(
                "DROP DATABASE elsewhere",
                "CREATE DATABASE cloud; DROP DATABASE elsewhere",
                "CREATE DATABASE another",
                "GRANT ALL ON *.* TO intruder",
                "CREATE TABLE elsewhere.more (id INT)")) {
            rewrite(soundText, soundManifest.replaceFirst(creation + "[^\"]*", creation + other));

            refused(FindingCode.BACKUP_UNSAFE, other);
        }
    }

    @Test
    void filesAreThoseOfTheDirectory() throws IOException {
        for (String name : List.of("../" + Dump.FILE, "/etc/passwd", ".", "a\\u0000b", "manifest.json")) {
            rewrite(soundText, soundManifest.replace(Dump.FILE, name));

            refused(FindingCode.BACKUP_DAMAGED, name);
        }
        rewrite(soundText, soundManifest);
        Path elsewhere = bench.folder.resolve("elsewhere.sql.gz");
        Files.move(dump, elsewhere);
        Files.createSymbolicLink(dump, elsewhere);

        assertThat(refused(FindingCode.BACKUP_DAMAGED, "a link").problem()).contains("symbolic link");
    }

    @Test
    void aManifestOfAnySizeOrDepthIsRefused() throws IOException {
        Files.writeString(manifest, "[".repeat(1 << 20));
        refused(FindingCode.BACKUP_FOREIGN, "depth");
        Files.writeString(manifest, soundManifest + " ".repeat(65 << 20));

        assertThat(refused(FindingCode.BACKUP_DAMAGED, "size").problem()).contains("larger");
    }

    @Test
    void accountsWithMoreRightsThatRunWhatIsRestoredAreReported() {
        boolean isMariaDb = bench.product() == ServerProduct.MARIADB;
        bench.database.run(
                "CREATE VIEW cloud.names AS SELECT name FROM cloud.vm; CREATE USER restorer IDENTIFIED BY 'r';"
                        + " GRANT ALL ON cloud.* TO restorer; GRANT ALL ON cloud_usage.* TO restorer;"
                        + " GRANT SELECT ON *.* TO restorer; GRANT "
                        + (isMariaDb ? "SET USER" : "SET_ANY_DEFINER, SYSTEM_USER, ALLOW_NONEXISTENT_DEFINER")
                        + " ON *.* TO restorer");
        try {
            DumpTarget restorer = new DumpTarget(
                    bench.target.host(),
                    bench.target.port(),
                    "restorer",
                    "r",
                    TlsMode.PREFERRED,
                    Optional.empty(),
                    true);
            List<Finding> reported = new ArrayList<>();

            new Restore(
                            new DriverManagerDataSource(bench.database.jdbcUrl(), "restorer", "r"),
                            restorer,
                            bench.tools,
                            CrossProductPolicy.REFUSE)
                    .restore(bench.take().folder(), BackupBench.SCHEMAS, new Reported(reported));

            assertThat(reported).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(FindingCode.BACKUP_DEFINERS);
                assertThat(finding.problem()).contains("root@");
            });
        } finally {
            bench.database.run("DROP USER restorer");
        }
    }

    /** Keeps the warnings. */
    private record Reported(List<Finding> findings) implements BackupListener {

        @Override
        public void progress(String database, long done, long total) {
            // of no interest
        }

        @Override
        public void warning(Finding finding) {
            findings.add(finding);
        }
    }

    private Finding refused(FindingCode code, String what) {
        Finding finding = BackupBench.refusal(code, () -> bench.restore(backup));
        assertThat(picture()).as(what).isEqualTo(before);
        return finding;
    }

    private List<String> picture() {
        return bench.picture(List.of("cloud", "cloud_usage", "elsewhere"));
    }

    private void rewrite(String text, String manifestText) throws IOException {
        ForgedBackup.write(backup.folder(), text.getBytes(StandardCharsets.UTF_8), manifestText);
    }
}
