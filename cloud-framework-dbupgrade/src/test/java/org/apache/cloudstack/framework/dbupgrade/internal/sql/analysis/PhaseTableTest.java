package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.Change;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.FoundChange;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.phase.PhaseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table and the reading of statements are about the same changes. */
class PhaseTableTest {

    static List<Change> rows() {
        return PhaseTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theExampleOfARowIsReadAsThatRow(Change change) {
        PhaseAnalyzer reading = new PhaseAnalyzer();
        reading.read(Statements.analyze(change.row().before().toArray(String[]::new)));
        reading.beginRelease();

        ScriptPhase script =
                reading.read(Statements.analyze(change.row().example().toArray(String[]::new)));

        assertThat(script.statements().stream().flatMap(each -> each.changes().stream()))
                .extracting(FoundChange::change)
                .contains(change);
        assertThat(script.phase()).isEqualTo(change.row().phase());
        assertThat(script.firstContract().map(StatementPhase::isUnsure)).isNotEqualTo(Optional.of(true));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theExampleOfARowBreaksNothingOfWhatCameWithTheSameRelease(Change change) {
        List<String> all = Stream.concat(change.row().before().stream(), change.row().example().stream())
                .filter(statement -> !statement.startsWith("DROP DATABASE"))
                .toList();

        assertThat(new PhaseAnalyzer()
                        .read(Statements.analyze(all.toArray(String[]::new)))
                        .phase())
                .isNotEqualTo(Phase.CONTRACT);
    }

    @Test
    void everyRowHasItsOwnNameAndWords() {
        assertThat(rows()).extracting(Change::id).doesNotHaveDuplicates();
        assertThat(rows()).extracting(change -> change.row().what()).doesNotHaveDuplicates();
        assertThat(rows()).hasSizeGreaterThan(80).allSatisfy(change -> {
            assertThat(change.row().why()).isNotBlank().doesNotEndWith(".");
            assertThat(change.row().manual().mySql()).startsWith("https://dev.mysql.com/");
            assertThat(change.row().manual().mariaDb()).startsWith("https://mariadb.com/");
        });
    }
}
