package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The fingerprint of the code that found nothing to do: one value beside the lease, emptied when the lease is taken. A start
 * with the same fingerprint has nothing to do either, however many migrations there are.
 */
public final class AppliedFingerprint {

    private final LeaseTable table;

    /** The fingerprint of the databases whose records are in the given schema. */
    public AppliedFingerprint(String schema) {
        this.table = new LeaseTable(schema);
    }

    /** The release of the code with the given fingerprint, when nothing was pending for it and nobody has upgraded since. */
    public Optional<ReleaseVersion> upToDate(Connection connection, String fingerprint) throws SQLException {
        try {
            return table.releaseAt(connection, fingerprint);
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The newest fencing number, to be read before it is found that nothing is to be done; empty where nobody upgraded yet. */
    public OptionalLong fence(Connection connection) throws SQLException {
        return table.readIfThere(connection)
                .map(row -> OptionalLong.of(row.fence()))
                .orElse(OptionalLong.empty());
    }

    /**
     * Notes the fingerprint of code that has nothing to do.
     *
     * @param fence the fencing number under which that was found; when another node upgrades, or did since, nothing is noted
     */
    public void note(Connection connection, long fence, String fingerprint, ReleaseVersion release)
            throws SQLException {
        table.noteFingerprint(connection, fence, fingerprint, release);
    }
}
