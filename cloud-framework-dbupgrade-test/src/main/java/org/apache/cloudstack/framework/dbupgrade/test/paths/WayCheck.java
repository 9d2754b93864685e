package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * Compares where ways end with where they should.
 *
 * @param journey walks them
 */
record WayCheck(Journey journey) {

    /**
     * Walks a way to its end.
     *
     * @throws AssertionError when it does not get there, or ends in another database than others
     */
    void arrives(UpgradePath way) {
        Ending ending = journey.ending(way);
        if (ending instanceof Ending.Stopped stopped) {
            String where = stopped.at().equals(way) ? "" : ", as '" + stopped.at() + "' does";
            throw new AssertionError(
                    "The way '" + way + "' stops at release " + stopped.at().last() + where + ":\n" + stopped.reason());
        }
        Ending.Arrived arrived = (Ending.Arrived) ending;
        List<String> problems = new ArrayList<>(arrived.brokenViews());
        Optional<ReleaseVersion> at = arrived.verification().release();
        if (!at.equals(Optional.of(way.last()))) {
            problems.add("The database says that it is at release "
                    + at.map(ReleaseVersion::toString).orElse("none") + ".");
        }
        if (way.isFresh() && journey.declares(way)) {
            return;
        }
        if (way.isReference()) {
            problems.addAll(againstDeclaration(way, arrived.verification()));
        } else {
            problems.addAll(againstReference(way, arrived));
        }
        arrived.verification().rowsFound().forEach(found -> problems.add("A verification query finds rows: " + found));
        if (!problems.isEmpty()) {
            throw new AssertionError("At the end of the way '" + way + "':\n" + String.join("\n", problems));
        }
    }

    /**
     * Walks a way whose last step lacks a change of the step before.
     *
     * @throws AssertionError when it is not refused for that reason, or differently the second time, or something changes
     */
    void isRefused(UpgradePath way) {
        if (journey.go(way.before()).isPresent()) {
            arrives(way.before());
        }
        SchemaSnapshot before = journey.schema();
        List<Finding> findings = refusal(way);
        if (findings.stream().noneMatch(finding -> finding.code() == FindingCode.CHANGE_NOT_IN_TARGET)) {
            throw new AssertionError(
                    "The way '" + way + "' is to be refused as CHANGE_NOT_IN_TARGET, and it is as:\n" + text(findings));
        }
        List<Finding> again = refusal(way);
        if (!again.equals(findings)) {
            throw new AssertionError("The way '" + way + "' is refused in two ways. The first time:\n" + text(findings)
                    + "\nThe second time:\n" + text(again));
        }
        List<Difference> changes = journey.schema().differencesFrom(before).stream()
                .map(Difference::of)
                .toList();
        if (!changes.isEmpty()) {
            throw new AssertionError("The way '" + way + "' is refused, and yet something changed:\n"
                    + Difference.table(changes, "before", "after"));
        }
    }

    private List<Finding> refusal(UpgradePath way) {
        try {
            journey.lastStep(way).upgrade();
        } catch (UpgradeRefusedException e) {
            return e.findings();
        }
        journey.leave();
        throw new AssertionError("The way '" + way + "' is to be refused, since release " + way.last()
                + " lacks a change that release " + way.before().last() + " has; but it was walked.");
    }

    private static List<String> againstDeclaration(UpgradePath way, Verification verification) {
        List<String> problems = new ArrayList<>();
        verification.findings().stream()
                .filter(finding -> finding.code() != FindingCode.SNAPSHOT_MISSING)
                .map(finding -> finding.description() + " " + finding.remedy())
                .forEach(problems::add);
        if (!verification.differences().isEmpty()) {
            List<Difference> differences =
                    verification.differences().stream().map(Difference::of).toList();
            String declared = "schema/" + way.last() + ".json";
            problems.add(
                    "It is not what " + declared + " declares. Where the migrations are right, make that file again: "
                            + "-D" + UpgradePathsExtension.SNAPSHOTS + "=<the directory of the migrations> does.\n"
                            + Difference.table(differences, declared, way.toString()));
        }
        return problems;
    }

    private List<String> againstReference(UpgradePath way, Ending.Arrived arrived) {
        UpgradePath reference = way.reference();
        if (!(journey.ending(reference) instanceof Ending.Arrived expected)) {
            return againstDeclaration(way, arrived.verification());
        }
        boolean isOrderNoted = journey.database().settings().columnOrder() == ColumnOrder.NOTE;
        List<Difference> differences = arrived.differencesFrom(expected).stream()
                .filter(each -> !(isOrderNoted && each.what().equals(SchemaKind.COLUMN_ORDER.toString())))
                .toList();
        if (differences.isEmpty()) {
            return List.of();
        }
        return List.of(
                "It is another database than at the end of '" + reference + "':\n"
                        + Difference.table(differences, reference.toString(), way.toString()),
                whoIsAsDeclared(way, arrived.verification(), expected.verification()));
    }

    private static String whoIsAsDeclared(UpgradePath way, Verification here, Verification there) {
        String declared = "schema/" + way.last() + ".json";
        if (!here.schemaCompared()) {
            return "There is no " + declared + " that would report which of them is right.";
        }
        List<String> right = Stream.of(
                        here.differences().isEmpty() ? "'" + way + "'" : "",
                        there.differences().isEmpty() ? "'" + way.reference() + "'" : "")
                .filter(each -> !each.isEmpty())
                .toList();
        return right.isEmpty()
                ? "Neither has the schema that " + declared + " declares."
                : "The schema that " + declared + " declares is that of " + String.join(" and of ", right) + ".";
    }

    private static String text(List<Finding> findings) {
        return String.join("\n", findings.stream().map(Finding::toString).toList());
    }
}
