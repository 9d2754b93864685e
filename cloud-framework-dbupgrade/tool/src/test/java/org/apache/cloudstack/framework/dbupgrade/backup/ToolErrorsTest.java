package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToolErrorsTest {

    private final ToolErrors errors = new ToolErrors(new DumpTarget("db1", 3306, "root", "secret"), List.of("cloud"));

    @Test
    void theServersErrorIsToldWithItsCode() {
        assertThat(
                        errors.tell(
                                "mysqldump: Got error: 1045: Access denied for user 'root'@'a' (using password: YES) when trying to connect\n"))
                .startsWith("error 1045, SQL state HY000: Access denied for user 'root'@'a'");
        assertThat(errors.tell("ERROR 1146 (42S02) at line 5: Table 'cloud.x' doesn't exist\n"))
                .isEqualTo("in line 5 of the text, error 1146, SQL state 42S02: Table 'cloud.x' doesn't exist");
        assertThat(errors.tell(
                        "mariadb-dump: Couldn't execute 'SHOW CREATE VIEW `v`': View 'cloud.v' references invalid"
                                + " table(s) (1356)"))
                .isEqualTo("error 1356, SQL state HY000: View 'cloud.v' references invalid table(s)");
    }

    @Test
    void valuesOfRowsAreLeftOut() {
        assertThat(errors.tell("ERROR 1062 (23000) at line 5: Duplicate entry 'Ada' for key 'uc_name'"))
                .contains("error 1062", "uc_name")
                .doesNotContain("Ada");
    }

    @Test
    void theProgramsOwnWordsAreToldWithoutPassword() {
        assertThat(errors.tell("WARNING: something\n\nmysqldump: unknown option '--x=secret'\n"))
                .isEqualTo("mysqldump: unknown option '--x=…'");
    }
}
