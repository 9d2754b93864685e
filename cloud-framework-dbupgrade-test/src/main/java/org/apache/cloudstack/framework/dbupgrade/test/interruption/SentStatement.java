package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;

/**
 * A statement as it was sent, by a migration or by the upgrade itself.
 *
 * @param sql its text
 */
record SentStatement(String sql) {

    private static final Set<StatementKind> CHANGES = EnumSet.of(StatementKind.DATA, StatementKind.OTHER);

    /** What is in a transaction whose commit is a moment of its own. */
    private static final Pattern RECORDS = Pattern.compile("`(dbupgrade_\\w+|" + FlywayHistory.TABLE
            + ")`|^INSERT INTO `[^`]+`\\.`" + VersionTable.NAME + "` \\(version, updated");

    private static final Pattern LEASE = Pattern.compile("`" + Leases.TABLE + "`");

    /** Whether it ends a transaction of the script's own. */
    boolean isCommit() {
        return statement().startsWith("COMMIT");
    }

    /** Whether a migration sent it, and it may change something. */
    boolean isOfMigration() {
        return changes() && !RECORDS.matcher(sql).find();
    }

    /** Whether the upgrade notes by it how far it is. */
    boolean isRecord() {
        return changesMoreThanLease() && RECORDS.matcher(sql).find();
    }

    /** Heartbeats come with the clock, so they make no moment. */
    boolean changesMoreThanLease() {
        return changes() && !LEASE.matcher(sql).find();
    }

    private boolean changes() {
        return CHANGES.contains(statement().kind());
    }

    private SqlStatement statement() {
        return new SqlStatement(1, 1, sql);
    }
}
