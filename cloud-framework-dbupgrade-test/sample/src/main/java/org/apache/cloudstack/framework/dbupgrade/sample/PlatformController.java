package org.apache.cloudstack.framework.dbupgrade.sample;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the server knows of its platform; read with the columns of the newest release. */
@RestController
class PlatformController {

    private final JdbcClient jdbc;

    PlatformController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/")
    Platform platform() {
        return new Platform(
                text("SELECT version FROM version WHERE step = 'Complete' ORDER BY id DESC LIMIT 1"),
                number("SELECT COUNT(*) FROM vm_instance WHERE removed IS NULL"),
                number("SELECT COUNT(*) FROM vpc WHERE redundant = 1"),
                number("SELECT COUNT(*) FROM domain_router"));
    }

    private String text(String query) {
        return jdbc.sql(query).query(String.class).single();
    }

    private long number(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    record Platform(String release, long virtualMachines, long redundantVpcs, long routers) {}
}
