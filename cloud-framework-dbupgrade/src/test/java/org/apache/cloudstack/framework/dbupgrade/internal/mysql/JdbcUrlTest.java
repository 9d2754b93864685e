package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a URL people see where the server is, and never a password. */
class JdbcUrlTest {

    private static final List<String> SECRETS =
            List.of("s3cret", "987654", "se@cret", "se/cret", "98:76", "se,cret", "se?cret");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://db1:3306/cloud?useSSL=true | jdbc:mysql://db1:3306/cloud",
                "jdbc:mysql://db1/ | jdbc:mysql://db1/",
                "jdbc:mysql://db1 | jdbc:mysql://db1",
                "jdbc:mysql:///cloud | jdbc:mysql:///cloud",
                "jdbc:mysql://root@[::1]:3306/ | jdbc:mysql://[::1]:3306/",
                "jdbc:mysql:loadbalance://h1:1,h2:2/x | jdbc:mysql:loadbalance://h1:1,h2:2/x",
                "jdbc:mysql://a:b@h1,c:d@h2:2/x | jdbc:mysql://h1,h2:2/x",
                "jdbc:mysql://address=(host=h1)(port=3307)(password=p)/x | jdbc:mysql://h1:3307/x",
                "jdbc:mysql://(host=h1,port=3307,password=p),(host=h2)/x | jdbc:mysql://h1:3307,h2/x",
                "jdbc:mariadb:replication://h1,h2/x?password=a@b | jdbc:mariadb:replication://h1,h2/x",
                "jdbc:h2:mem:test;PASSWORD=x | jdbc:h2:mem:test",
                "jdbc:mysql://host:3306/?prepStmtCacheSize=5 | jdbc:mysql://host:3306/"
            })
    void theAddressIsKindHostsAndDatabase(String url, String address) {
        assertThat(JdbcUrl.of(url).address()).isEqualTo(address);
        assertThat(JdbcUrl.hideSecrets("cannot reach " + url)).startsWith("cannot reach " + address);
    }

    static Stream<String> urlsWithSecrets() {
        List<String> forms = List.of(
                "jdbc:mysql://root:%s@db1:3306/cloud",
                "jdbc:mysql://root:%s@db1",
                "jdbc:mysql://db1/cloud?user=root&password=%s",
                "jdbc:mysql://db1/cloud?password=%s&user=root",
                "jdbc:mysql://db1?password2=%s",
                "jdbc:mysql://db1/?trustCertificateKeyStorePassword=%s&a=b",
                "jdbc:mysql://address=(host=db1)(port=3306)(user=root)(password=%s)/cloud",
                "jdbc:mysql://address=(password=%s)(host=db1)/cloud",
                "jdbc:mysql://(host=db1,port=3306,user=root,password=%s)/cloud",
                "jdbc:mysql://root:%s@(host=db1)/cloud",
                "jdbc:mysql://root:%s@[db1:1,db2:2]/cloud",
                "jdbc:mysql:loadbalance://a:%s@db1:1,a:%s@db2:2/cloud",
                "jdbc:mysql:replication://db1,address=(host=db2)(password=%s)/cloud",
                "jdbc:mysql+srv://root:%s@db1/cloud",
                "jdbc:mariadb://address=(host=db1)(type=master)/cloud?user=a&password=%s",
                "jdbc:mariadb:failover://db1,db2/cloud?keyStorePassword=%s",
                "jdbc:h2:mem:x;USER=a;PASSWORD=%s",
                "jdbc:odd:%s@db1",
                "mysql://root:%s@db1/");
        return forms.stream().flatMap(form -> SECRETS.stream()
                .flatMap(secret -> Stream.of(secret, encoded(secret)))
                .distinct()
                .map(secret -> form.replace("%s", secret)));
    }

    private static String encoded(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("urlsWithSecrets")
    void noAddressHasAPasswordOrAPartOfOne(String url) {
        assertThat(JdbcUrl.of(url).address()).doesNotContain("se", "cret", "987", "76");
        assertThat(JdbcUrl.of(url).hasSecret()).isEqualTo(!url.startsWith("jdbc:odd:"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://a:b%40c@h/ | a | b@c",
                "jdbc:mysql://h/?user=a&password=b | a | b",
                "jdbc:mysql://address=(host=h)(user=a)(password=b)/ | a | b",
                "jdbc:mysql://(host=h,user=a,password=b)/ | a | b"
            })
    void theAccountInAUrlIsKnown(String url, String user, String password) {
        assertThat(JdbcUrl.of(url).user()).hasValue(user);
        assertThat(JdbcUrl.of(url).password()).hasValue(password);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No suitable driver found for jdbc:foo://u:s3cret@h/ | No suitable driver found for jdbc:foo://h/",
                "near '//h?password=s3cret' | near '//h?password=…'",
                "spring.datasource.password: s3cret | spring.datasource.password: …",
                "db.cloud.trustStorePassword=s3cret | db.cloud.trustStorePassword=…"
            })
    void theTextOfADriverIsShownWithoutSecrets(String text, String shown) {
        assertThat(JdbcUrl.hideSecrets(text)).isEqualTo(shown);
    }
}
