package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits scripts as the servers' own client does. */
public final class ClientSplitter implements ScriptSplitter {

    @Override
    public List<SqlStatement> split(String name, String sqlMode, ScriptText text) {
        if (text.isLarge()) {
            return new StreamedStatements(name, QuoteRules.of(sqlMode), text);
        }
        List<SqlStatement> statements = new ArrayList<>();
        ScriptReader reader = new ScriptReader(name, QuoteRules.of(sqlMode), text.open());
        for (SqlStatement next = reader.next(); next != null; next = reader.next()) {
            statements.add(next);
        }
        return statements;
    }
}
