package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.sql.SQLException;
import java.util.List;

/** A check that asks the server; what the account may not ask is reported rather than passed over. */
abstract class ServerCheck implements PreflightCheck {

    private final String name;

    ServerCheck(String name) {
        this.name = name;
    }

    abstract List<CheckResult> look(PreflightContext context) throws SQLException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<CheckResult> check(PreflightContext context) {
        try {
            return look(context);
        } catch (SQLException e) {
            return List.of(CheckResult.warn(
                    "This could not be looked at; the server answers with error " + e.getErrorCode(),
                    "Look at it by hand, or let an account with more privileges do the check"));
        }
    }
}
