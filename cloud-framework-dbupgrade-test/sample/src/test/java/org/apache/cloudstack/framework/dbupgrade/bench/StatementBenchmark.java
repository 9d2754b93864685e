package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** How long it takes to understand 6,000 statements; those of the sample, over and over. */
class StatementBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(StatementBenchmark.class);
    private static final int STATEMENTS = 6000;
    private static final int PASSES = 5;

    @Test
    void understandingStatements() throws IOException {
        List<String> scripts = scripts();
        List<List<String>> rows = new ArrayList<>();
        for (int pass = 1; pass <= PASSES; pass++) {
            long begin = System.nanoTime();
            int statements = 0;
            long unknown = 0;
            for (int i = 0; statements < STATEMENTS; i++) {
                List<SqlStatement> script = ClientSplitter.split("script", scripts.get(i % scripts.size()));
                List<Analysis> analyses = new StatementAnalyzer().analyze(script, "cloud");
                unknown += analyses.stream()
                        .filter(each -> each.unknown().isPresent())
                        .count();
                statements += script.size();
            }
            rows.add(List.of(
                    pass == 1 ? "1 (cold)" : Integer.toString(pass),
                    Integer.toString(statements),
                    Long.toString(unknown),
                    String.format("%.2f s", (System.nanoTime() - begin) / 1e9)));
        }
        LOG.info("Splitting scripts, parsing statements and making their footprints");
        new TextTable(List.of("pass", "statements", "unknown", "time"), rows)
                .lines()
                .forEach(LOG::info);
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources(SampleManagementServer.MIGRATIONS + "/*.sql")) {
            scripts.add(resource.getContentAsString(StandardCharsets.UTF_8));
        }
        return scripts;
    }
}
