package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.flywaydb.core.api.FlywayException;

/** Flyway stopped between migrations, as when a callback failed. */
public final class FlywayStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    FlywayStoppedException(FlywayException cause) {
        super(firstLine(cause), cause);
        SQLException error = ServerMessage.behind(cause);
        this.finding = error == null
                ? FindingCode.FLYWAY_STOPPED.about(firstLine(cause))
                : FindingCode.FLYWAY_STOPPED.because(ServerMessage.of(error), firstLine(cause));
    }

    /** What the operator reads. */
    public Finding finding() {
        return finding;
    }

    /** The lines after it may quote the script and values. */
    private static String firstLine(FlywayException exception) {
        return String.valueOf(exception.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(":?\\s*$", "");
    }
}
