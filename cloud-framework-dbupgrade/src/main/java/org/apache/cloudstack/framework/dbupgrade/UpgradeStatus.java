package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.plan.HistoryRow;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Where a database is. Making it never fails on what is found in the database.
 *
 * @param database the release the database is at, where it is known
 * @param code the release that the code is; empty when its migrations cannot be read
 * @param releases all releases that the code knows, in ascending order
 * @param history what was run so far
 * @param pending what an upgrade would do, or would do if it were not refused
 * @param upgrader who upgrades just now, and how far it is
 * @param paused why an operator lets Java migrations wait; empty when none does
 * @param servers who uses the database just now
 * @param halfDone what an earlier upgrade started and did not complete, while none is under way
 * @param isKnown whether the databases and the migrations could be read, so that what is empty above is empty
 * @param findings what is half done, and why an upgrade would be refused; empty when all is well
 */
public record UpgradeStatus(
        Optional<ReleaseVersion> database,
        Optional<ReleaseVersion> code,
        List<ReleaseVersion> releases,
        List<HistoryRow> history,
        List<Step> pending,
        Optional<LeaseHolder> upgrader,
        Optional<String> paused,
        List<Node> servers,
        List<HalfDone> halfDone,
        boolean isKnown,
        List<Finding> findings) {

    public UpgradeStatus {
        releases = List.copyOf(releases);
        history = List.copyOf(history);
        pending = List.copyOf(pending);
        servers = List.copyOf(servers);
        halfDone = List.copyOf(halfDone);
        findings = List.copyOf(findings);
    }

    /** The pending steps that wait, each for its reason. */
    public List<Step> deferred() {
        return pending.stream().filter(Step::isDeferred).toList();
    }

    /** Whether the database has all that the code needs; what takes something away may still wait. */
    public boolean isUpToDate() {
        return findings.isEmpty() && pending.stream().allMatch(step -> step.isDeferred() && !step.isBlocking());
    }
}
