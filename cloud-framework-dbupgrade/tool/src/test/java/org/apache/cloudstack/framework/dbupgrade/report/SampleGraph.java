package org.apache.cloudstack.framework.dbupgrade.report;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Position;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** A patch release, 4.5.3, that was shipped after 4.6.0 and is joined by 4.6.1. */
final class SampleGraph {

    private static final List<ReleaseDeclaration> DECLARATIONS = List.of(
            declared("4.5.2", "", "first of all"),
            declared("4.5.3", "2015-12-15", "", "4.5.2"),
            declared("4.6.0", "2015-11-30", "", "4.5.2"),
            declared("4.6.1", "2015-12-18", "joins the lines", "4.5.3", "4.6.0"),
            declared("4.7.0", "", "", "4.6.1"));

    private SampleGraph() {}

    static GraphPicture picture(String database, String code) {
        Map<ReleaseVersion, Integer> migrations =
                Map.of(version("4.5.2"), 3, version("4.5.3"), 1, version("4.6.0"), 7, version("4.7.0"), 2);
        Position position = new Position(ReleaseVersion.tryParse(database), ReleaseVersion.tryParse(code));
        return GraphPicture.of(ReleaseGraph.of(DECLARATIONS), DECLARATIONS, migrations, position);
    }

    private static ReleaseDeclaration declared(String version, String shipped, String note, String... follows) {
        Optional<LocalDate> day =
                Optional.of(shipped).filter(text -> !text.isEmpty()).map(LocalDate::parse);
        TreeSet<ReleaseVersion> lower = new TreeSet<>();
        Arrays.stream(follows).map(SampleGraph::version).forEach(lower::add);
        return new ReleaseDeclaration(version(version), lower, day, note);
    }

    private static ReleaseVersion version(String version) {
        return ReleaseVersion.of(version);
    }
}
