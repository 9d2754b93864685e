package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyze;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.junit.jupiter.api.Test;

class ScriptComparisonTest {

    private static final ObjectName HOST = new ObjectName("cloud", "host");

    @Test
    void scriptsThatTouchDifferentThingsCommute() {
        ScriptComparison comparison = ScriptComparison.of(
                analyze("ALTER TABLE host ADD a INT", "UPDATE host SET a = 1"), analyze("ALTER TABLE nics ADD b INT"));

        assertThat(comparison.commutes()).isTrue();
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void aConflictNamesBothStatementsAndTheObject() {
        List<Analysis> first = analyze("SET @x = 1", "ALTER TABLE host ADD a INT");
        List<Analysis> second = analyze("ALTER TABLE nics ADD b INT", "SELECT 1", "DROP TABLE host");

        assertThat(ScriptComparison.of(first, second).clashes()).singleElement().satisfies(clash -> {
            assertThat(((ScriptClash.Conflict) clash).first().text()).isEqualTo("ALTER TABLE host ADD a INT");
            assertThat(((ScriptClash.Conflict) clash).second().text()).isEqualTo("DROP TABLE host");
            assertThat(clash)
                    .hasToString("line 2 against line 3: table cloud.host is read by the first and written by the"
                            + " second");
        });
    }

    @Test
    void positionsOfColumnsAreAHarmlessDifference() {
        ScriptComparison comparison = ScriptComparison.of(
                analyze("ALTER TABLE host ADD a INT AFTER name"),
                analyze("ALTER TABLE HOST ADD b INT FIRST", "ALTER TABLE host MODIFY c INT FIRST"));

        assertThat(comparison.commutes()).isTrue();
        assertThat(comparison.differences())
                .containsExactly(new HarmlessDifference(
                        HarmlessDifference.Kind.COLUMN_POSITIONS,
                        HOST,
                        "the order of the columns of cloud.host differs: a and b, c"));
    }

    @Test
    void idsThatTheServerCountsUpAreAHarmlessDifference() {
        ScriptComparison comparison = ScriptComparison.of(
                analyze("INSERT INTO host (name) VALUES ('a')"), analyze("INSERT INTO host (name) VALUES ('b')"));

        assertThat(comparison.commutes()).isTrue();
        assertThat(comparison.differences())
                .extracting(HarmlessDifference::text)
                .containsExactly("new rows of cloud.host may get other ids");
    }

    @Test
    void whatIsUnknownOnEitherSideIsAClash() {
        ScriptComparison comparison = ScriptComparison.of(analyze("CALL p()"), analyze("DROP TABLE host", "not SQL"));

        assertThat(comparison.clashes())
                .filteredOn(ScriptClash.Undecided.class::isInstance)
                .extracting(clash -> ((ScriptClash.Undecided) clash).side())
                .containsExactly(ScriptClash.Side.FIRST, ScriptClash.Side.SECOND);
    }

    @Test
    void nothingClashesWithAScriptThatDoesNothing() {
        assertThat(ScriptComparison.of(analyze("CALL p()"), analyze("-- only words"))
                        .commutes())
                .isTrue();
    }
}
