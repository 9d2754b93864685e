package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Release;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Small graphs for tests, one release in a text: {@code 4.6.1 4.6.0 4.5.3} is 4.6.1, which follows the two others. */
final class DrawnGraph {

    private DrawnGraph() {}

    static GraphPicture of(String... releases) {
        return new GraphPicture(Arrays.stream(releases).map(DrawnGraph::release).toList());
    }

    static Release release(String release, Mark... marks) {
        List<ReleaseVersion> versions =
                Arrays.stream(release.split(" ")).map(ReleaseVersion::of).toList();
        Set<Mark> set = EnumSet.noneOf(Mark.class);
        set.addAll(List.of(marks));
        return new Release(versions.get(0), new TreeSet<>(versions.subList(1, versions.size())), 1, "", set);
    }

    static Release labelled(String version, String label) {
        return new Release(ReleaseVersion.of(version), new TreeSet<>(), 0, label, Set.of());
    }

    /** A hundred lines of three releases: the last of each third line is joined two lines later, the others stay open. */
    static GraphPicture ofThreeHundred() {
        List<String> releases = new ArrayList<>();
        for (int minor = 0; minor < 100; minor++) {
            String below = minor == 0 ? "" : " 4." + (minor - 1) + ".1";
            String joined = minor > 1 && minor % 3 == 2 ? " 4." + (minor - 2) + ".2" : "";
            releases.add("4." + minor + ".0" + below + joined);
            releases.add("4." + minor + ".1 4." + minor + ".0");
            releases.add("4." + minor + ".2 4." + minor + ".1");
        }
        return of(releases.toArray(String[]::new));
    }

    /** Only the drawing and the versions. */
    static String drawn(GraphPicture picture) {
        return new GraphText(picture)
                .lines().stream()
                        .map(line -> line.replaceFirst(" +1 migration$", ""))
                        .collect(Collectors.joining("\n"));
    }

    static GraphPicture line(int releases) {
        return of(IntStream.range(0, releases)
                .mapToObj(minor -> "4." + minor + ".0" + (minor == 0 ? "" : " 4." + (minor - 1) + ".0"))
                .toArray(String[]::new));
    }
}
