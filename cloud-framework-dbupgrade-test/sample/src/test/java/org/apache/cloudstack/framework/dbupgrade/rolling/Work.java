package org.apache.cloudstack.framework.dbupgrade.rolling;

import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a management server does all day: it reads and writes real tables, each release with the columns that it knows. As
 * README asks of servers that are to go on while definitions change, a transaction writes a table before it reads it, and sees
 * what is committed.
 */
@RestController
class Work {

    private static final int LONG_TEXT = 2000;

    private final JdbcClient jdbc;
    private final boolean isNew;

    Work(JdbcClient jdbc, @Value("${cloud.dbupgrade.release}") String release) {
        this.jdbc = jdbc;
        this.isNew = release.equals(Platform.NEW);
    }

    @GetMapping("/work")
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public String work() {
        String contact = isNew ? "contact_mail" : "contact";
        jdbc.sql("UPDATE account SET " + contact + " = CONCAT('at ', NOW(3)) WHERE id = ?")
                .param(1 + ThreadLocalRandom.current().nextInt(2))
                .update();
        jdbc.sql("SELECT GROUP_CONCAT(" + contact + ") FROM account")
                .query(String.class)
                .optional();
        jdbc.sql("INSERT INTO event (type, description, user_id, account_id, domain_id, created, level)"
                        + " VALUES ('WORK', ?, 1, 1, 1, UTC_TIMESTAMP(), 'INFO')")
                .param(isNew ? "x".repeat(LONG_TEXT) : "x")
                .update();
        jdbc.sql("SELECT COUNT(*) FROM vm_instance v LEFT JOIN domain_router r ON r.id = v.id")
                .query(Long.class)
                .single();
        return isNew
                ? jdbc.sql("SELECT CONCAT('offerings ', COALESCE(SUM(public_lb), 0)) FROM network_offerings")
                        .query(String.class)
                        .single()
                : jdbc.sql("SELECT CONCAT('jobs ', COUNT(*)) FROM async_job")
                        .query(String.class)
                        .single();
    }
}
