package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.HalfDone;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Count;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import picocli.CommandLine;

/** Where the databases are. */
@CommandLine.Command(
        name = "status",
        description =
                "Shows where the databases are, which nodes use them, what is pending, deferred or half done, what is in the"
                        + " way, and who upgrades just now. Exits with 1 when a migration is half done.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME
                + " status --config /etc/cloudstack/management/db.properties --jars migrations.jar")
final class StatusCommand extends Command {

    /**
     * The answer for machines.
     *
     * @param database the release of the databases; empty where there is none
     * @param code the release they would be brought to
     * @param upToDate whether nothing is pending
     * @param pending the files that an upgrade would run or record
     * @param deferred what waits, and for what
     * @param servers who uses the databases
     * @param upgrader who upgrades just now
     * @param paused why Java migrations wait for dbupgrade resume
     * @param halfDone what an earlier upgrade started and did not complete
     * @param problems what is half done, and what is in the way
     */
    record Document(
            Optional<String> database,
            Optional<String> code,
            boolean upToDate,
            List<String> pending,
            List<HeldBack> deferred,
            List<String> servers,
            Optional<String> upgrader,
            Optional<String> paused,
            List<HalfDone> halfDone,
            List<CommandResult.Problem> problems) {}

    record HeldBack(String script, String deferredUntil) {}

    @Override
    CommandResult answer() {
        UpgradeStatus status = workplace().upgrade().status();
        List<Step> pending =
                status.pending().stream().filter(step -> !step.isDeferred()).toList();
        List<String> text = new ArrayList<>();
        String nothing = status.isKnown() ? "none" : "unknown";
        text.add("database: " + text(status.database(), nothing));
        text.add("code:     " + text(status.code(), "unknown"));
        text.add("pending:  " + pending(status, pending));
        status.halfDone().forEach(each -> text.add("half done: " + each.place()));
        text.addAll(textOf(status.deferred()));
        status.servers().forEach(server -> text.add("server:   " + server));
        status.upgrader().ifPresent(holder -> text.add("upgrader: " + words(holder)));
        status.paused()
                .ifPresent(reason -> text.add("paused:   " + reason + ", until " + DbUpgradeCommand.NAME + " resume"));
        text.addAll(CommandResult.textOf(status.findings()));
        Document document = new Document(
                status.database().map(ReleaseVersion::toString),
                status.code().map(ReleaseVersion::toString),
                status.isUpToDate(),
                pending.stream().map(step -> step.migration().script()).toList(),
                ContractCommand.deferred(status.deferred()),
                status.servers().stream().map(Node::toString).toList(),
                status.upgrader().map(StatusCommand::words),
                status.paused(),
                status.halfDone(),
                CommandResult.Problem.of(status.findings()));
        return new CommandResult(ExitCode.of(status.findings()), text, document);
    }

    static List<String> textOf(List<Step> deferred) {
        return deferred.stream()
                .map(step -> "deferred: " + step.migration().script() + " " + step.deferredUntil())
                .toList();
    }

    private static String pending(UpgradeStatus status, List<Step> pending) {
        if (pending.isEmpty()) {
            return status.isKnown() ? "nothing" : "unknown";
        }
        String seen = status.findings().isEmpty() ? ", see " + DbUpgradeCommand.NAME + " plan" : "";
        return Count.of(pending.size(), "migration") + seen;
    }

    private static String text(Optional<ReleaseVersion> release, String otherwise) {
        return release.map(ReleaseVersion::toString).orElse(otherwise);
    }

    private static String words(LeaseHolder holder) {
        return holder + (holder.isExpired() ? ", which gives no heartbeat" : "");
    }
}
