package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpTargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "jdbc:mysql://db1:3307/ db1 3307",
                "jdbc:mysql://db1 db1 3306",
                "jdbc:mysql://db1?x=y db1 3306",
                "jdbc:mysql:// localhost 3306",
                "jdbc:mysql://db1:3307,db2:3308/cloud?sslMode=REQUIRED db1 3307",
                "jdbc:mysql:loadbalance://db1,db2:3308/cloud db1 3306",
                "jdbc:mysql://[::1]:3307/cloud ::1 3307",
                "jdbc:mysql://[fe80::1]/ fe80::1 3306",
                "jdbc:mysql://user:pass@db1:3307/ db1 3307",
                "jdbc:mysql://(host=db1,port=3307),(host=db2,port=3308)/ db1 3307",
                "jdbc:mysql://address=(host=db1)(port=3307),address=(host=db2)/ db1 3307",
                "jdbc:mysql://address=(host=db1),address=(host=db2)(port=3308)/ db1 3306",
                "jdbc:mariadb://db1:3307/cloud db1 3307",
                "jdbc:mariadb:sequential:loadbalance://db1/cloud db1 3306",
            })
    void theFirstHostOfAUrlIsTaken(String url, String host, int port) {
        DumpTarget target = DumpTarget.of(url, "root", "");

        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://a/, PREFERRED",
        "jdbc:mysql://a/?sslMode=DISABLED, DISABLED",
        "jdbc:mysql://a/?x=1&SSLMODE=verify_identity, VERIFY_IDENTITY",
        "jdbc:mysql://a/?useSSL=false, DISABLED",
        "jdbc:mysql://a/?useSSL=true&requireSSL=true, REQUIRED",
        "jdbc:mysql://a/?useSSL=true&verifyServerCertificate=true, VERIFY_CA",
        "jdbc:mariadb://a/, DISABLED",
        "jdbc:mariadb://a/?sslMode=trust, REQUIRED",
        "jdbc:mariadb://a/?sslMode=verify-full, VERIFY_IDENTITY",
        "jdbc:mariadb://a/?useSsl=true, VERIFY_IDENTITY",
    })
    void encryptionIsThatOfTheUrl(String url, TlsMode mode) {
        assertThat(DumpTarget.of(url, "root", "").tls()).isEqualTo(mode);
    }

    @Test
    void furtherOptionsOfTheUrlAreKept() {
        DumpTarget target = DumpTarget.of(
                "jdbc:mariadb://a/?serverSslCert=%2Fetc%2Fca.pem&allowPublicKeyRetrieval=true", "root", "");

        assertThat(target.authority()).isEqualTo(Optional.of(Path.of("/etc/ca.pem")));
        assertThat(target.publicKeyRetrieval()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://a/secret", "mysql://a/secret", "jdbc:mysql://a/?sslMode=secret"})
    void otherUrlsAreRefusedWithoutRepeatingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DumpTarget.of(url, "root", ""))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("a/secret"));
    }

    @Test
    void thePasswordIsInNoText() {
        assertThat(new DumpTarget("::1", 3307, "root", "secret")).hasToString("root at [::1]:3307");
    }

    @Test
    void valuesInTheFileOfOptionsAreQuoted() {
        DumpTarget target = new DumpTarget("db1", 3307, "a user", " #\"\\'\n");

        assertThat(OptionsFile.text(target, ServerProduct.MYSQL)).isEqualTo("""
                [client]
                host="db1"
                port=3307
                protocol=tcp
                user="a user"
                password=" #\\"\\\\'\\n"
                ssl-mode=PREFERRED
                """);
    }
}
