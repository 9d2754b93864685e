package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.HistoryRow;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Reports where the database is and what an upgrade would do. It names servers and files, and no user's secrets. */
@Endpoint(id = "dbupgrade")
final class DatabaseUpgradeEndpoint {

    private final DatabaseUpgrade upgrade;

    DatabaseUpgradeEndpoint(DatabaseUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    /** The state of the database as of now. */
    @ReadOperation
    public Database database() {
        UpgradeStatus status = upgrade.status();
        return new Database(
                text(status.database().orElse(null)),
                text(status.code().orElse(null)),
                releases(status),
                status.history().stream().map(Run::of).toList(),
                status.pending().stream()
                        .filter(step -> !step.isDeferred())
                        .map(Pending::of)
                        .toList(),
                status.deferred().stream()
                        .map(step -> new HeldBack(step.migration().script(), PlainText.line(step.deferredUntil())))
                        .toList(),
                status.servers().stream()
                        .map(Node::toString)
                        .map(PlainText::line)
                        .toList(),
                status.paused().map(PlainText::line).orElse(null),
                status.halfDone().stream().map(Unfinished::of).toList(),
                status.findings().stream().map(Problem::of).toList());
    }

    private static @Nullable String text(@Nullable ReleaseVersion release) {
        return release == null ? null : release.toString();
    }

    /** A release is reached when the database is not before it, and none of its migrations is pending. */
    private static List<Release> releases(UpgradeStatus status) {
        Set<ReleaseVersion> lacking = status.pending().stream()
                .filter(step -> !step.isDeferred() || step.isBlocking())
                .map(Step::migration)
                .flatMap(migration ->
                        migration instanceof VersionedMigration versioned ? Stream.of(versioned) : Stream.empty())
                .map(versioned -> versioned.name().release())
                .collect(Collectors.toSet());
        return status.releases().stream()
                .map(release -> new Release(
                        release.toString(),
                        status.database().filter(at -> !release.isAfter(at)).isPresent() && !lacking.contains(release)))
                .toList();
    }

    /**
     * What the endpoint shows.
     *
     * @param database the release the database is at; missing when it is empty or cannot be read
     * @param code the release of the code
     * @param releases those that the code knows
     * @param history what was run
     * @param pending what an upgrade would do
     * @param deferred what waits, and for what
     * @param servers who uses the database
     * @param paused why an operator lets Java migrations wait; missing when none does
     * @param halfDone what an earlier upgrade started and did not complete
     * @param findings what is half done, and why an upgrade would be refused
     */
    record Database(
            @Nullable String database,
            @Nullable String code,
            List<Release> releases,
            List<Run> history,
            List<Pending> pending,
            List<HeldBack> deferred,
            List<String> servers,
            @Nullable String paused,
            List<Unfinished> halfDone,
            List<Problem> findings)
            implements OperationResponseBody {}

    record Release(String release, boolean reached) {}

    record Run(String script, String installedOn, int milliseconds, boolean success) {

        static Run of(HistoryRow row) {
            return new Run(row.script(), row.installedOn(), row.milliseconds(), row.success());
        }
    }

    record Pending(String script, String action) {

        static Pending of(Step step) {
            return new Pending(step.migration().script(), step.action().name());
        }
    }

    record HeldBack(String script, String deferredUntil) {}

    record Unfinished(String script, int statement, int total, int line, String text, String error) {

        static Unfinished of(HalfDone halfDone) {
            return new Unfinished(
                    halfDone.script(),
                    halfDone.statement(),
                    halfDone.total(),
                    halfDone.line(),
                    PlainText.line(halfDone.text()),
                    PlainText.line(halfDone.error()));
        }
    }

    record Problem(String code, String subject, String problem, String remedy) {

        static Problem of(Finding finding) {
            return new Problem(finding.code().name(), finding.subject(), finding.description(), finding.remedy());
        }
    }
}
