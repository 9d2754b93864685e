package org.apache.cloudstack.framework.dbupgrade.releases;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.internal.scan.JavaMigrations;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSourceTest {

    @MigrationOptions(reason = "quoted (\"), with ) // and more", revision = "7", phase = "expand")
    static class V_4_8_0_A {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@MigrationOptions(revision = \"7\") class A {}",
                "@MigrationOptions(\n  // the first\n  reason = \"it's \\\" ) // no comment\",\n  revision=\"7\",\n phase = \"expand\"\n)\nclass A {}",
                "/* @MigrationOptions(revision = \"6\") */ @x.y.MigrationOptions(phase = \"a\", revision = \"7\") class A {}",
                "String a = \"\"\"\n \"/*\" \"\"\"; char c = '\"'; @MigrationOptions(resolves = {\"4.5.3_A\"}, revision = \"7\") class A {}"
            })
    void aLiteralRevisionIsRead(String text) {
        assertThat(new JavaSource(text).revision()).contains("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A {}",
                "// @MigrationOptions(revision = \"7\")\nclass A {}",
                "@MigrationOptions(phase = \"revision = 7\") class A {}",
                "@MigrationOptions(revision = REVISION) class A {}",
                "@MigrationOptions(revision = \"7\" + SUFFIX) class A {}",
                "@MigrationOptions(revision = \"\") class A {}",
                "@Other(revision = \"7\") class A {}"
            })
    void withoutALiteralTheRevisionIsNotKnown(String text) {
        assertThat(new JavaSource(text).revision()).isEmpty();
    }

    @Test
    void theSourceAndTheCompiledClassHaveOneChangeId() throws Exception {
        JavaMigration instance = context -> {};

        VersionedMigration compiled = new JavaMigrations(MigrationInstances.byDefaultConstructor())
                .ofInstance("V_4_8_0_A", instance, V_4_8_0_A.class);

        assertThat(new JavaSource("@MigrationOptions(revision = \"7\") class V_4_8_0_A {}").changeId(compiled.name()))
                .contains(compiled.changeId());
    }

    @Test
    void aHugeSourceIsReadWithoutOverflow() {
        String text = "/*" + "x\"".repeat(100_000) + "*/ String s = \"" + "y\\n".repeat(100_000)
                + "\"; @MigrationOptions(reason = \"" + "z ) ".repeat(100_000) + "\", revision = \"7\") class A {}";

        assertThat(new JavaSource(text).revision()).contains("7");
    }

    @Test
    void anIdentifierIsReplacedAsAWholeWord() {
        JavaSource source = new JavaSource("class V_next_A { V_next_A() {} V_next_AB b; xV_next_A c; } // V_next_A.");

        assertThat(source.renamed("V_next_A", "V_4_8_0_A").text())
                .isEqualTo("class V_4_8_0_A { V_4_8_0_A() {} V_next_AB b; xV_next_A c; } // V_4_8_0_A.");
    }
}
