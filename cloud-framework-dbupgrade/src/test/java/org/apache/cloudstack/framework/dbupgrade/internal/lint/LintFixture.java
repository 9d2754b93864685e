package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.junit.jupiter.api.io.TempDir;

/** A folder of migrations that is linted. */
abstract class LintFixture {

    static final String HOST = "CREATE TABLE host (id INT AUTO_INCREMENT PRIMARY KEY, name CHAR(9), tags CHAR(9));";
    static final String REASON = "-- dbupgrade: reason=operators lose data without it\n";

    @TempDir
    Path folder;

    void assertBroken(LintRule rule, String script, int line) {
        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.script()).isEqualTo(script);
            assertThat(finding.line()).isEqualTo(line);
        });
    }

    List<LintFinding> lint() {
        return new Lint("cloud").check(scanned());
    }

    ScanResult scanned() {
        return MigrationScanner.scan(
                List.of("filesystem:" + folder),
                getClass().getClassLoader(),
                MigrationInstances.byDefaultConstructor(),
                Map.of());
    }

    void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
