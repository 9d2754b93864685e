package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final Set<String> NEEDED = Set.of("SELECT", "DROP");

    @Test
    void whatIsGrantedOnEverythingIsGranted() {
        assertThat(missing("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION"))
                .isEmpty();
        assertThat(missing("GRANT SELECT, INSERT ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*0'"))
                .containsExactly("DROP");
    }

    @Test
    void namesOfDatabasesHaveWildcards() {
        assertThat(missing("GRANT SELECT, DROP ON `cloud%`.* TO `a`@`%`")).isEmpty();
        assertThat(missing("GRANT SELECT, DROP ON `cloud_`.* TO `a`@`%`")).containsExactly("DROP", "SELECT");
        assertThat(missing("GRANT SELECT, DROP ON `cloud\\_usage`.* TO `a`@`%`"))
                .isEmpty();
        assertThat(missing("GRANT SELECT, DROP ON `cloudXusage`.* TO `a`@`%`")).containsExactly("DROP", "SELECT");
    }

    @Test
    void severalGrantsAddUp() {
        assertThat(missing(
                        "GRANT USAGE ON *.* TO `a`@`%`",
                        "GRANT SELECT ON *.* TO `a`@`%`", "GRANT DROP ON `cloud_usage`.* TO `a`@`%`"))
                .isEmpty();
    }

    @Test
    void privilegesOnOneTableAreNoneOnTheDatabase() {
        assertThat(missing("GRANT SELECT, DROP ON `cloud_usage`.`t` TO `a`@`%`"))
                .containsExactly("DROP", "SELECT");
    }

    @Test
    void whatRolesBringIsNotGuessed() {
        assertThat(missing("GRANT USAGE ON *.* TO `a`@`%`", "GRANT `upgraders`@`%` TO `a`@`%`"))
                .isEmpty();
    }

    private static Set<String> missing(String... lines) {
        return Grants.of(List.of(lines)).missing("cloud_usage", NEEDED);
    }
}
