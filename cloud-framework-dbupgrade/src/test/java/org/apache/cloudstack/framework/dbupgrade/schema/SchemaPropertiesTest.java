package org.apache.cloudstack.framework.dbupgrade.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stated in Java is what its statements say: a script with the same text is the same change. */
class SchemaPropertiesTest {

    private static final int SEEDS = 10;
    private static final int TRIES = 1_000;

    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheStatementsDoIsKnown(long seed) {
        new Random(seed).longs(TRIES / SEEDS).forEach(each -> {
            Schema schema = new RandomProgram(each).stated();

            List<Analysis> read = new StatementAnalyzer().analyze(script(schema), "");

            assertThat(read).hasSameSizeAs(schema.changes());
            for (int i = 0; i < read.size(); i++) {
                Change stated = schema.changes().get(i);
                assertThat(read.get(i).unknown()).as(stated.sql()).isEmpty();
                assertThat(read.get(i).operations()).as(stated.sql()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theScriptHoldsTheStatements(long seed) {
        new Random(seed).longs(TRIES / 4 / SEEDS).forEach(each -> {
            Schema schema = new RandomProgram(each).stated();

            assertThat(script(schema))
                    .extracting(statement -> statement.text().strip())
                    .containsExactlyElementsOf(
                            schema.changes().stream().map(Change::sql).toList());
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameIsStatedEachTime(long seed) {
        new Random(seed).longs(100 / SEEDS).forEach(each -> {
            assertThat(new RandomProgram(each).stated().sql())
                    .isEqualTo(new RandomProgram(each).stated().sql());
        });
    }

    private static List<SqlStatement> script(Schema schema) {
        return ClientSplitter.split("V_100_A", schema.sql());
    }

    /** Each stands for cases of its own; a failure shows it, and repeats with it. */
    private static LongStream seeds() {
        return ThreadLocalRandom.current().longs(SEEDS);
    }
}
