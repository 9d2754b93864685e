package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;

/** Analyses of statements that are in tests; each starts on a line of its own, in the database {@code cloud}. */
final class Statements {

    private Statements() {}

    static List<Analysis> analyze(String... statements) {
        List<SqlStatement> script = new ArrayList<>();
        for (String statement : statements) {
            script.add(new SqlStatement(script.size() + 1, script.size() + 1, statement));
        }
        return new StatementAnalyzer().analyze(script, "cloud");
    }

    static Analysis analyzeOne(String statement) {
        return analyze(statement).get(0);
    }

    static Operation operation(String statement) {
        return analyzeOne(statement).operations().get(0);
    }
}
