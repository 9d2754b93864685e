package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A management server in miniature: it upgrades its databases while it starts, and then answers. Without a data source it
 * brings an embedded MariaDB with a lived-in platform of release 4.0.0.
 */
@SpringBootApplication
public class SampleManagementServer {

    /** Where the sample's migrations lie. */
    public static final String MIGRATIONS = "classpath:org/apache/cloudstack/framework/dbupgrade/sample/migrations";

    @Bean
    PreflightCheck systemVmTemplateCheck() {
        return new SystemVmTemplateCheck();
    }

    /**
     * Starts a server on databases that exist, or may be created.
     *
     * @param properties Spring Boot's, such as {@code spring.datasource.url}
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties, String... arguments) {
        return start(context -> {}, properties, arguments);
    }

    /** Shows an upgrade from 4.0.0 to 4.7.0, and stays up until it is stopped. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext server = start(OldPlatform::startFor, Map.of(), arguments);
        String port = server.getEnvironment().getProperty("local.server.port", "8080");
        server.getBean(Announcement.class).show("http://localhost:" + port);
    }

    private static ConfigurableApplicationContext start(
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer,
            Map<String, Object> properties,
            String... arguments) {
        return new SpringApplicationBuilder(SampleManagementServer.class)
                .properties("spring.config.name=sample-management-server")
                .properties(properties)
                .initializers(initializer)
                .run(arguments);
    }

    /** For tools which start a {@link SpringApplication} by its class. */
    SampleManagementServer() {}
}
