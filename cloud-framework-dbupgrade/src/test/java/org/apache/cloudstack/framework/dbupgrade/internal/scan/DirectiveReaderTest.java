package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectiveReaderTest {

    @Test
    void headLinesMayStandBetweenComments() {
        DirectiveReader head = read("""
                -- Licensed under a licence
                /* of some kind */

                -- dbupgrade: sql_mode=ANSI_QUOTES, NO_ZERO_DATE
                # and
                -- dbupgrade: phase=contract
                --dbupgrade:reason=nobody uses it
                DROP TABLE a;
                """);

        assertThat(head.findings()).isEmpty();
        assertThat(head.directives().sqlMode()).contains("ANSI_QUOTES, NO_ZERO_DATE");
        assertThat(head.directives().phase()).contains(Phase.CONTRACT);
        assertThat(head.directives().reason()).contains("nobody uses it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "-- dbupgrade: fase=contract      | 'fase=contract' is not known here",
                "-- dbupgrade: phase=later        | 'phase=later' is not known here",
                "-- dbupgrade: when=before        | 'when=before' is not known here",
                "-- dbupgrade: sql_mode='x'; DROP | is not known here",
                "-- dbupgrade: contract           | 'contract' is not key=value",
                "-- dbupgrade: reason=            | 'reason=' is not known here",
                "-- dbupgrade: online=yes         | 'online=yes' is not known here"
            })
    void aHeadLineThatCannotBeUnderstoodIsToldWithItsLine(String line, String problem) {
        assertThat(read("-- first\n" + line + "\nSELECT 1;").findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .startsWith("V_410_A.sql, line 2: ")
                .contains(problem);
    }

    @Test
    void aScriptMayAskForItsDefinitionsToBeOnline() {
        DirectiveReader head = read("-- dbupgrade: online=true\nALTER TABLE a ADD b INT;");

        assertThat(head.findings()).isEmpty();
        assertThat(head.directives().online()).isTrue();
        assertThat(read("ALTER TABLE a ADD b INT;").directives().online()).isFalse();
        assertThat(head.changeId()).isEqualTo(read("ALTER TABLE a ADD b INT;").changeId());
    }

    @Test
    void aScriptMayAskForAProgramThatCopiesTables() {
        DirectiveReader head = read("-- dbupgrade: copy-with=pt-online-schema-change\nALTER TABLE a ADD b INT;");

        assertThat(head.findings()).isEmpty();
        assertThat(head.directives().copyWith()).contains(CopyTool.PT_ONLINE_SCHEMA_CHANGE);
        assertThat(head.changeId()).isEqualTo(read("ALTER TABLE a ADD b INT;").changeId());
        assertThat(read("-- dbupgrade: copy-with=gh-ost\nALTER TABLE a ADD b INT;")
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("copy-with=pt-online-schema-change"));
        assertThat(DirectiveReader.read("R_v.sql", true, "-- dbupgrade: copy-with=pt-online-schema-change\nSELECT 1;")
                        .findings())
                .hasSize(1);
    }

    @Test
    void aRepeatableCannotBeOnline() {
        DirectiveReader head = DirectiveReader.read("R_view.sql", true, "-- dbupgrade: online=true\nSELECT 1;");

        assertThat(head.directives().online()).isFalse();
        assertThat(head.findings()).singleElement().satisfies(finding -> assertThat(finding.toString())
                .contains("'online=true' is not known here"));
        assertThat(head.findings().get(0).remedy())
                .contains("when=before|after")
                .doesNotContain("online");
    }

    @Test
    void aHeadLineBehindAStatementIsRefused() {
        assertThat(read("SELECT 1;\n-- dbupgrade: phase=contract\n").findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("line 2", "after the first statement");
    }

    private static DirectiveReader read(String text) {
        return DirectiveReader.read("V_410_A.sql", false, text);
    }
}
