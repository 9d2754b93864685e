package org.apache.cloudstack.framework.dbupgrade.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.internal.scan.DirectiveReader;
import org.junit.jupiter.api.Test;

class ChangeIdTest {

    private static final ChangeId ID = ChangeId.ofText("CREATE TABLE a (\n  id INT\n);\n");

    @Test
    void lineEndsAndByteOrderMarkMakeNoDifference() {
        assertThat(ChangeId.ofText("\uFEFFCREATE TABLE a (\r\n  id INT\r\n);")).isEqualTo(ID);
        assertThat(ChangeId.ofText("CREATE TABLE a (\r\n  id INT\n);")).isEqualTo(ID);
        assertThat(ChangeId.ofText("CREATE TABLE a (\r  id INT\r);\r\r")).isEqualTo(ID);
    }

    @Test
    void everyCharacterThatReachesTheServerDoes() {
        assertThat(ChangeId.ofText("SELECT 'a \n';")).isNotEqualTo(ChangeId.ofText("SELECT 'a\n';"));
        assertThat(ChangeId.ofText("SELECT 'a\r\n';\nSELECT 1;"))
                .as("in a file with other line ends, it is data")
                .isNotEqualTo(ChangeId.ofText("SELECT 'a\n';\nSELECT 1;"));
        assertThat(read("SELECT 'a\u2028b';")).isNotEqualTo(read("SELECT 'a\nb';"));
        assertThat(read("SELECT 'a\r\n';\r\nSELECT 1;")).isEqualTo(read("SELECT 'a\n';\nSELECT 1;"));
    }

    @Test
    void anyOtherSignDoes() {
        assertThat(ChangeId.ofText("CREATE TABLE a (\n   id INT\n);\n")).isNotEqualTo(ID);
        assertThat(ChangeId.ofText("CREATE TABLE A (\n  id INT\n);\n")).isNotEqualTo(ID);
    }

    @Test
    void whatIsOnlySaidAboutAScriptIsNoPartOfIt() {
        String script = "-- adds a\nCREATE TABLE a (id INT);\n";

        assertThat(read("-- dbupgrade: reason=asked for by operators\n" + script))
                .isEqualTo(read(script));
        assertThat(read("-- dbupgrade: sql_mode=ANSI_QUOTES\n" + script)).isNotEqualTo(read(script));
    }

    private static ChangeId read(String text) {
        return DirectiveReader.read("V_410_A.sql", false, text).changeId();
    }
}
