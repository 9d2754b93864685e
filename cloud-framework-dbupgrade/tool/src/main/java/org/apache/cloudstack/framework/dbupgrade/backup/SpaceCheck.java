package org.apache.cloudstack.framework.dbupgrade.backup;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/**
 * Whether a backup fits on the disk. Nobody knows beforehand how far rows can be compressed; a quarter is generous.
 *
 * @param folder where the backup is to lie
 * @param data bytes of the tables
 * @param usable bytes that are free there
 */
record SpaceCheck(Path folder, long data, long usable) {

    private static final int BEST_COMPRESSION = 4;
    private static final long MEBIBYTE = 1 << 20;

    /** Why no backup is started; empty when it can be. */
    Optional<Finding> objection() {
        return usable < data / BEST_COMPRESSION ? Optional.of(about(FindingCode.BACKUP_NO_SPACE)) : Optional.empty();
    }

    /** What the operator should know; empty when there is space enough in any case. */
    Optional<Finding> warning() {
        return usable < data ? Optional.of(about(FindingCode.BACKUP_LITTLE_SPACE)) : Optional.empty();
    }

    private Finding about(FindingCode code) {
        return code.about(folder.toString(), mebibytes(data + MEBIBYTE - 1), mebibytes(usable));
    }

    private static String mebibytes(long bytes) {
        return bytes / MEBIBYTE + " MiB";
    }
}
