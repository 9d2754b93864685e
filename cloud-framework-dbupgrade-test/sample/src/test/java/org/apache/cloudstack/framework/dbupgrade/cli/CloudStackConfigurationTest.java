package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** CloudStack's own file is read with every key that it is shipped with. */
@UpgradeDatabase
class CloudStackConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void theFileAsCloudStackShipsItIsReadAndNothingOfItIsUnknown() throws IOException {
        Configuration found = read("");

        assertThat(found.url())
                .hasValue("jdbc:mysql://db.example:3306/?prepStmtCacheSize=517&cachePrepStmts=true"
                        + "&sessionVariables=sql_mode='STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
                        + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'&serverTimezone=UTC");
        assertThat(found.user()).hasValue("cloud");
        assertThat(found.password()).hasValue("pw-of-cloud");
        assertThat(found.settings().schemas()).containsExactly("cloud", "cloud_usage");
        assertThat(found.connection()).isEmpty();
        assertThat(found.notes()).isEmpty();
        assertThat(found.obstacle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db.cloud.url.params=useUnicode=true | jdbc:mysql://db.example:3306/?useUnicode=true",
                "db.cloud.url.params=?useUnicode=true | jdbc:mysql://db.example:3306/?useUnicode=true",
                "db.cloud.url.params=&useUnicode=true | jdbc:mysql://db.example:3306/?useUnicode=true",
                "db.cloud.url.params= | jdbc:mysql://db.example:3306/",
                "db.cloud.url.params=\\ndb.cloud.driver=jdbc:mariadb | jdbc:mariadb://db.example:3306/",
                "db.cloud.url.params=\\ndb.cloud.port=3307 | jdbc:mysql://db.example:3307/",
                "db.cloud.url.params=\\ndb.cloud.useSSL=true | jdbc:mysql://db.example:3306/?sslMode=REQUIRED",
                "db.cloud.url.params=a=b\\ndb.cloud.useSSL=true | jdbc:mysql://db.example:3306/?a=b&sslMode=REQUIRED",
                "db.cloud.url.params=sslMode=DISABLED\\ndb.cloud.useSSL=true | jdbc:mysql://db.example:3306/?sslMode=DISABLED",
                "db.cloud.uri=jdbc:mysql://other/x?a=b | jdbc:mysql://other/x?a=b"
            })
    void theUrlIsPutTogetherAsCloudStackDoesIt(String lines, String url) throws IOException {
        assertThat(read(lines.replace("\\n", "\n")).url()).hasValue(url);
    }

    @Test
    void theStoresOfCertificatesAreGivenToTheDriver() throws IOException {
        String stores = """
                db.cloud.url.params=
                db.cloud.useSSL=true
                db.cloud.trustStore=/etc/trust.jks
                db.cloud.trustStorePassword=tsp
                db.cloud.keyStore=/etc/key.jks
                db.cloud.keyStorePassword=ksp
                """;
        assertThat(read(stores).url()).hasValue("jdbc:mysql://db.example:3306/?sslMode=VERIFY_CA");
        assertThat(read(stores).connection())
                .containsEntry("trustCertificateKeyStoreUrl", "file:///etc/trust.jks")
                .containsEntry("trustCertificateKeyStorePassword", "tsp")
                .containsEntry("clientCertificateKeyStoreUrl", "file:///etc/key.jks")
                .containsEntry("clientCertificateKeyStorePassword", "ksp");
        assertThat(read(stores + "db.cloud.driver=jdbc:mariadb\n").connection())
                .containsEntry("trustStore", "/etc/trust.jks")
                .containsEntry("keyStorePassword", "ksp");
    }

    @Test
    void theNamesOfTheDatabasesAreTheFiles() throws IOException {
        assertThat(read("db.cloud.name=c1\ndb.usage.name=u1").settings().schemas())
                .containsExactly("c1", "u1");
        assertThat(read("db.cloud.uri=jdbc:mysql://db.example:3306/c2?x=y\ndb.usage.uri=jdbc:mysql://db.example/u2")
                        .settings()
                        .schemas())
                .containsExactly("c2", "u2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db.usage.host=other.example | other.example:3306",
                "db.usage.port=3307 | db.example:3307",
                "db.usage.uri=jdbc:mysql://third/cloud_usage | third:3306"
            })
    void databasesOnTwoServersAreRefused(String line, String server) throws IOException {
        assertThat(read(line).obstacle().orElseThrow()).contains(server, "db.example:3306", "--schemas");
        Path file = Files.writeString(folder.resolve("two.properties"), shipped(line));

        ToolProcess.Ending ending = run("status", "--config", file.toString());

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err()).contains(server, "one connection");
    }

    @Test
    void aServerIsTheSameByItsNamesForThisMachine() throws IOException {
        assertThat(read("db.cloud.host=localhost\ndb.usage.host=127.0.0.1").obstacle())
                .isEmpty();
    }

    @Test
    void whatIsNotDoneIsSaid() throws IOException {
        assertThat(read("db.ha.enabled=true\ndb.cloud.replicas=r1,r2\ndb.usage.username=other\ndb.cloud.hots=x")
                        .notes())
                .satisfiesExactly(
                        ha -> assertThat(ha).contains("db.ha.enabled", "only db.example:3306"),
                        user -> assertThat(user).contains("db.usage.username is not used"),
                        unknown -> assertThat(unknown).contains("Not known", "db.cloud.hots"));
    }

    @ParameterizedTest
    @CsvSource({
        "ENC(iYVsCZXiGiC6SzZLMNBvBL93hoUpntxkuRjyaqC8L+JYKXw=), V2",
        "ENC(iYVsCZXiGiC6SzZLMNBvBL93hoUpntxkuRjyaqC8L+JYKXw=), ''",
        "ENC(AQIDBAUGBwgHmiOp/xhdRg==), V1"
    })
    void aPasswordThatCloudStackEncryptedIsDecryptedWithItsKey(String encrypted, String version) throws IOException {
        Files.writeString(folder.resolve("key"), "managementkey\n");
        String lines = "db.cloud.password=" + encrypted + "\ndb.cloud.encryptor.version=" + version + "\n";

        assertThat(read(lines + "db.cloud.encryption.type=file").password()).hasValue("encthis");
        assertThat(read(lines + "db.cloud.encryption.type=env").password()).hasValue("encthis");
    }

    @ParameterizedTest
    @CsvSource({"web, known here", "file, key", "env, CLOUD_SECRET_KEY"})
    void anEncryptedPasswordWithoutItsKeyIsSaidToBeOne(String type, String told) throws IOException {
        String lines = "db.cloud.password=ENC(iYVsCZXiGiC6SzZLMNBvBL93hoUpntxkuRjyaqC8L+JYKXw=)\n"
                + "db.cloud.encryption.type=" + type;
        Path file = Files.writeString(folder.resolve("db.properties"), shipped(lines));

        assertThatThrownBy(() -> new ConfigurationFile(file, Map.of()).read(Optional.empty(), loader()))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContainingAll("db.cloud.password", "is encrypted", told, "--password-file");
    }

    @Test
    void theSessionOfMigrationsWinsOverTheVariablesOfTheUrl(MigratedDatabase empty) throws IOException {
        ToolBench bench = new ToolBench(folder, empty)
                .with(
                        "V_420_A.sql",
                        "CREATE TABLE seen AS SELECT @@SESSION.sql_mode AS mode, @@SESSION.foreign_key_checks AS fk;");
        String url = bench.database().jdbcUrl();
        Path file = Files.writeString(folder.resolve("db.properties"), shipped("""
                db.cloud.uri=%s%ssessionVariables=sql_mode='',foreign_key_checks=0
                db.usage.uri=%s
                db.cloud.username=%s
                db.cloud.password=%s
                db.cloud.name=cloud
                """.formatted(
                        url,
                        url.contains("?") ? "&" : "?",
                        url,
                        bench.database().server().user(),
                        bench.database().server().password())));

        ToolProcess.Ending ending = bench.run(
                Map.of("DBUPGRADE_URL", "", "DBUPGRADE_USER", "", "DBUPGRADE_PASSWORD", ""),
                "upgrade",
                "--config",
                file.toString(),
                "--schemas",
                "cloud,cloud_usage");

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(bench.database().rows("SELECT mode LIKE 'STRICT_TRANS_TABLES%' AS strict, fk FROM cloud.seen"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.values()).extracting(String::valueOf).containsExactly("1", "1"));
    }

    private ToolProcess.Ending run(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = DatabaseUpgradeTool.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command);
        return new ToolProcess.Ending(status, out.toString(), err.toString());
    }

    /** The shipped file with other lines, of which the last of a key counts. */
    private Configuration read(String lines) throws IOException {
        Path file = Files.writeString(folder.resolve("db.properties"), shipped(lines));
        return new ConfigurationFile(file, Map.of("CLOUD_SECRET_KEY", "managementkey"))
                .read(Optional.empty(), loader());
    }

    private static String shipped(String lines) throws IOException {
        String text = new ClassPathResource("cloudstack-db.properties", CloudStackConfigurationTest.class)
                .getContentAsString(StandardCharsets.ISO_8859_1);
        return text + "\n" + lines + "\n";
    }

    private static ClassLoader loader() {
        return CloudStackConfigurationTest.class.getClassLoader();
    }
}
