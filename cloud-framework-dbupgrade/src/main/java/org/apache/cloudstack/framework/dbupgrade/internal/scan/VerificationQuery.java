package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.PlainQuery;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Queries that must find no row in a database that has the release, or one which follows it.
 *
 * @param name the release, the place among its queries, and what they are about
 * @param script the file
 * @param text its whole text
 * @param until the release from which on they do not hold any more
 */
public record VerificationQuery(MigrationName name, String script, String text, Optional<ReleaseVersion> until) {

    /** What rules its statements out; empty when each of them only reads. */
    public List<Finding> objections(List<SqlStatement> statements) {
        List<Finding> objections = new ArrayList<>();
        if (statements.isEmpty()) {
            objections.add(FindingCode.QUERY_MALFORMED.about(script, 1, "there is no query in it"));
        }
        for (SqlStatement statement : statements) {
            PlainQuery.objection(statement)
                    .ifPresent(why -> objections.add(FindingCode.QUERY_MALFORMED.about(script, statement.line(), why)));
        }
        return objections;
    }

    /** Whether they hold for a release of the graph. */
    public boolean holdsFor(ReleaseVersion release, ReleaseGraph graph) {
        return isIn(name.release(), release, graph)
                && until.filter(end -> isIn(end, release, graph)).isEmpty();
    }

    /** On one straight line a release without migrations, such as one that brings queries alone, is not in the graph. */
    private static boolean isIn(ReleaseVersion one, ReleaseVersion release, ReleaseGraph graph) {
        return graph.isDeclared() ? graph.containedIn(release).contains(one) : one.compareTo(release) <= 0;
    }
}
