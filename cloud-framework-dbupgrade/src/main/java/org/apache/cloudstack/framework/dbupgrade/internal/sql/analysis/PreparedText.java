package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLListExpr;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLSetStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlPrepareStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;

/** Follows strings into variables and prepared statements, and reads what one does that is run. */
final class PreparedText {

    private static final String ASSIGNMENT = ":=";

    private PreparedText() {}

    /** Learns what a statement leaves in variables, and what it prepares. */
    static void follow(SQLStatement statement, ValueReader reader) {
        KnownValues values = reader.values();
        if (statement instanceof SQLSetStatement set) {
            set.getItems().forEach(item -> values.set(item.getTarget().toString(), reader.read(item.getValue())));
        } else if (statement instanceof MySqlPrepareStatement prepare) {
            SQLExpr from = prepare.getFrom();
            values.prepare(
                    prepare.getName().toString(),
                    from instanceof SQLCharExpr text ? Optional.of(KnownValue.of(text.getText())) : reader.read(from));
        } else if (statement instanceof SQLSelectStatement select
                && into(select).isPresent()) {
            select(select.getSelect().getQueryBlock(), into(select).get(), reader);
        } else if (statement.toString().contains(ASSIGNMENT)) {
            values.forget();
        }
    }

    private static Optional<SQLExpr> into(SQLSelectStatement select) {
        SQLSelectQueryBlock block = select.getSelect().getQueryBlock();
        return block == null || block.getInto() == null
                ? Optional.empty()
                : Optional.of(block.getInto().getExpr());
    }

    /** Without a row, a variable keeps what it held. */
    private static void select(SQLSelectQueryBlock block, SQLExpr into, ValueReader reader) {
        KnownValues values = reader.values();
        if (into instanceof SQLListExpr list) {
            list.getItems().forEach(item -> values.set(item.toString(), Optional.empty()));
            return;
        }
        String target = into.toString();
        Optional<KnownValue> found = block.getSelectList().size() == 1
                ? reader.read(block.getSelectList().get(0).getExpr())
                : Optional.empty();
        values.set(target, ValueReader.findsOneRow(block) ? found : KnownValue.either(found, values.get(target)));
    }

    /**
     * What the text does when it is run.
     *
     * @throws Undecided when that cannot be determined
     */
    static List<Operation> read(String text, Names names) {
        ReadableText readable = ReadableText.of(text.strip().replaceFirst("(\\s*;)+\\s*$", ""));
        if (readable.isBlank()) {
            return List.of();
        }
        return new StatementReader(names, readable, Set.of()).read(StatementAnalyzer.parse(readable.sql()));
    }

    static boolean isUndecided(Operation operation) {
        return operation instanceof UndecidedOperation
                || !StatementAnalyzer.functions(operation).isEmpty();
    }
}
