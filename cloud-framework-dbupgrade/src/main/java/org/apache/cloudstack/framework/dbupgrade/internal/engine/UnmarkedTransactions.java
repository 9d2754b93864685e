package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;

/**
 * Transactions that the journal cannot be part of: in one that only reads the server refuses its mark, and one of XA is
 * committed apart from it. That has to be known before the first statement, so the text decides; what a procedure or dynamic SQL
 * opens, the server refuses.
 */
public final class UnmarkedTransactions {

    private static final Pattern XA = Pattern.compile("XA\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern READS_ONLY = Pattern.compile(
            "(?:START|SET(?:\\s+(?:SESSION|LOCAL))?)\\s+TRANSACTION\\b.*\\bREAD\\s+ONLY\\b"
                    + "|SET\\b.*(?<![@\\w.])(?:@@(?:SESSION\\.|LOCAL\\.)?)?(?:transaction|tx)_read_only\\s*+:?=\\s*+(?!0|'?OFF|FALSE|DEFAULT)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private UnmarkedTransactions() {}

    /** What is wrong with a script whose statements are given; empty when nothing is. */
    public static Optional<Finding> in(Migration migration, List<SqlStatement> statements) {
        // a large script is read once more only if it has such words
        boolean mayHaveSome = migration.source() instanceof Source.Script script
                && (!script.content().isLarge() || Stream.of("XA ", "ONLY").anyMatch(script.content()::mentions));
        return mayHaveSome
                ? statements.stream()
                        .flatMap(statement -> kind(statement).stream().map(kind -> about(migration, statement, kind)))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> kind(SqlStatement statement) {
        return switch (statement.kind()) {
            case OTHER ->
                XA.matcher(statement.withoutComments()).lookingAt()
                        ? Optional.of("an XA transaction")
                        : Optional.empty();
            // what is set for all sessions to come is another matter
            case BLOCK_BEGIN, SESSION ->
                READS_ONLY.matcher(statement.withoutComments()).lookingAt()
                        ? Optional.of("a read-only transaction")
                        : Optional.empty();
            case DATA, BLOCK_END, QUERY -> Optional.empty();
        };
    }

    private static Finding about(Migration migration, SqlStatement statement, String kind) {
        return FindingCode.TRANSACTION_UNMARKED.about(
                migration.script(), statement.number(), statement.line(), kind, MaskedStatement.of(statement));
    }
}
