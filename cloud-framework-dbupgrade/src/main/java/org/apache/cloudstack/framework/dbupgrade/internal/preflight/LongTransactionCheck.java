package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** A transaction that stays open keeps definitions of every table that it has read waiting. */
final class LongTransactionCheck extends ServerCheck {

    private static final int LONG_SECONDS = 60;

    private final int seconds;

    LongTransactionCheck() {
        this(LONG_SECONDS);
    }

    LongTransactionCheck(int seconds) {
        super("long transactions");
        this.seconds = seconds;
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        return new ServerState(context.connection())
                .transactionsOpenFor(seconds).stream()
                        .map(transaction -> CheckResult.warn(
                                "Connection " + transaction.connection() + " has had a transaction open for "
                                        + transaction.seconds() + " s; definitions of the tables it used wait for it",
                                "Let it end, or KILL " + transaction.connection()))
                        .toList();
    }
}
