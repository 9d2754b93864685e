package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits scripts as the servers' own client does. */
public final class ClientSplitter implements ScriptSplitter {

    @Override
    public List<SqlStatement> split(String name, String sqlMode, ScriptText text) {
        return text.statements(QuoteRules.of(sqlMode), rules -> split(name, rules, text));
    }

    private static List<SqlStatement> split(String name, QuoteRules rules, ScriptText text) {
        if (text.isLarge()) {
            return new StreamedStatements(name, rules, text);
        }
        List<SqlStatement> statements = new ArrayList<>();
        ScriptReader reader = new ScriptReader(name, rules, text.open());
        for (SqlStatement next = reader.next(); next != null; next = reader.next()) {
            statements.add(next);
        }
        return statements;
    }
}
