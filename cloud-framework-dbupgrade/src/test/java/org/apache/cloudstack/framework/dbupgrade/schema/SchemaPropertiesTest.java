package org.apache.cloudstack.framework.dbupgrade.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.cloudstack.framework.dbupgrade.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.sql.footprint.Footprint;

/** What is stated in Java is what its statements say: a script with the same text is the same change. */
class SchemaPropertiesTest {

    private static final int TRIES = 1_000;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void theStatementsDoWhatWasStated(@ForAll("seeds") long seed) {
        Schema schema = new RandomProgram(seed).stated();

        List<Analysis> read = new StatementAnalyzer().analyze(script(schema), "");

        assertThat(read).hasSameSizeAs(schema.changes());
        for (int i = 0; i < read.size(); i++) {
            Change stated = schema.changes().get(i);
            assertThat(read.get(i).unknown()).as(stated.sql()).isEmpty();
            assertThat(read.get(i).operations()).as(stated.sql()).isEqualTo(stated.operations());
            assertThat(read.get(i).footprint()).as(stated.sql()).isEqualTo(footprint(stated));
        }
    }

    @Property(tries = TRIES / 4, shrinking = ShrinkingMode.OFF)
    void theScriptHoldsTheStatements(@ForAll("seeds") long seed) {
        Schema schema = new RandomProgram(seed).stated();

        assertThat(script(schema))
                .extracting(statement -> statement.text().strip())
                .containsExactlyElementsOf(
                        schema.changes().stream().map(Change::sql).toList());
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void theSameIsStatedEachTime(@ForAll("seeds") long seed) {
        assertThat(new RandomProgram(seed).stated().sql())
                .isEqualTo(new RandomProgram(seed).stated().sql());
    }

    private static List<SqlStatement> script(Schema schema) {
        return new ClientSplitter().split("V_100_A", schema.sql());
    }

    private static Footprint footprint(Change change) {
        return change.operations().stream().map(Footprint::of).reduce(Footprint.NONE, Footprint::plus);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }
}
