package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.test.context.TestContextManager;

/** Tests of applications that put an embedded database in the server's place. */
class SpringSliceTest {

    @ParameterizedTest
    @ValueSource(classes = {OfJpa.class, OfJdbc.class})
    void anEmbeddedDatabaseInTheServersPlaceIsRefusedWithWhatHelps(Class<?> test) {
        TestContextManager tests = new TestContextManager(test);

        assertThatThrownBy(() ->
                        tests.prepareTestInstance(test.getDeclaredConstructor().newInstance()))
                .hasStackTraceContaining(FindingCode.UNSUPPORTED_SERVER.name())
                .hasStackTraceContaining("@AutoConfigureTestDatabase(replace = Replace.NONE)");
    }

    @DataJpaTest(properties = "cloud.dbupgrade.locations=classpath:spring-room/line")
    static class OfJpa {

        @SpringBootApplication
        static class Application {}
    }

    @JdbcTest(properties = "cloud.dbupgrade.locations=classpath:spring-room/line")
    static class OfJdbc {

        @SpringBootApplication
        static class Application {}
    }
}
