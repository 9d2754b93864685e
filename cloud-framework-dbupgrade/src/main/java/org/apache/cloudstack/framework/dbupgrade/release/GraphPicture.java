package org.apache.cloudstack.framework.dbupgrade.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a drawing of the release graph shows; the standalone tool draws it as text and as a vector graphic.
 *
 * @param releases the releases, newest first; each follows only lower ones of the picture
 */
public record GraphPicture(List<Release> releases) {

    /** What is special about a release. */
    public enum Mark {
        /** The database is at this release. */
        DATABASE("database"),
        /** The running code is of this release. */
        CODE("code"),
        /** The code asks for this release, and the database does not have it. */
        PENDING("pending");

        private final String word;

        Mark(String word) {
            this.word = word;
        }

        /** The word that people read. */
        public String word() {
            return word;
        }
    }

    /**
     * One release of the picture.
     *
     * @param follows the releases that it follows directly
     * @param migrations how many it brings
     * @param label when it was shipped and what is noted of it, as one line; may be empty
     */
    public record Release(
            ReleaseVersion version, SortedSet<ReleaseVersion> follows, int migrations, String label, Set<Mark> marks) {

        private static final Pattern NOT_IN_A_LINE =
                Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]+");

        public Release {
            follows = Collections.unmodifiableSortedSet(new TreeSet<>(follows));
            label = NOT_IN_A_LINE.matcher(label).replaceAll(" ").strip();
            marks = marks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(marks));
        }

        /** Whether it has the mark. */
        public boolean is(Mark mark) {
            return marks.contains(mark);
        }

        /** {@code no migrations}, {@code 1 migration}, {@code 7 migrations}. */
        public String migrationsText() {
            return switch (migrations) {
                case 0 -> "no migrations";
                case 1 -> "1 migration";
                default -> migrations + " migrations";
            };
        }
    }

    /**
     * Where the database and the code are.
     *
     * @param database empty for a fresh database
     * @param code empty when no code takes part
     */
    public record Position(Optional<ReleaseVersion> database, Optional<ReleaseVersion> code) {

        private Set<ReleaseVersion> pending(ReleaseGraph graph) {
            Set<ReleaseVersion> pending = new HashSet<>();
            code.filter(graph::has).map(graph::containedIn).ifPresent(pending::addAll);
            database.filter(graph::has).map(graph::containedIn).ifPresent(pending::removeAll);
            return pending;
        }
    }

    /**
     * Sorts the releases.
     *
     * @throws IllegalArgumentException when a release is there twice, or follows one that is missing or not lower
     */
    public GraphPicture {
        releases = releases.stream()
                .sorted(Comparator.comparing(Release::version).reversed())
                .toList();
        Set<ReleaseVersion> versions = releases.stream().map(Release::version).collect(Collectors.toSet());
        if (versions.size() < releases.size()) {
            throw new IllegalArgumentException("A release is in the picture twice");
        }
        for (Release each : releases) {
            if (!versions.containsAll(each.follows())
                    || !each.follows().headSet(each.version()).equals(each.follows())) {
                throw new IllegalArgumentException("Release " + each.version() + " follows " + each.follows()
                        + ", of which some are missing in the picture or not lower");
            }
        }
    }

    /**
     * The picture of a graph.
     *
     * @param declarations say when releases were shipped; may be empty
     * @param migrations how many migrations a release brings; a release without an entry brings none
     * @param position where the database and the code are; a release that is not in the graph leaves no mark
     */
    public static GraphPicture of(
            ReleaseGraph graph,
            Collection<ReleaseDeclaration> declarations,
            Map<ReleaseVersion, Integer> migrations,
            Position position) {
        Map<ReleaseVersion, String> labels =
                declarations.stream().collect(Collectors.toMap(ReleaseDeclaration::version, GraphPicture::label));
        Set<ReleaseVersion> pending = position.pending(graph);
        List<Release> releases = new ArrayList<>();
        for (ReleaseVersion version : graph.releases()) {
            Set<Mark> marks = EnumSet.noneOf(Mark.class);
            position.database().filter(version::equals).ifPresent(here -> marks.add(Mark.DATABASE));
            position.code().filter(version::equals).ifPresent(here -> marks.add(Mark.CODE));
            if (pending.contains(version)) {
                marks.add(Mark.PENDING);
            }
            releases.add(new Release(
                    version,
                    graph.follows(version),
                    migrations.getOrDefault(version, 0),
                    labels.getOrDefault(version, ""),
                    marks));
        }
        return new GraphPicture(releases);
    }

    private static String label(ReleaseDeclaration declaration) {
        return Stream.of(declaration.shipped().map(Object::toString).orElse(""), declaration.note())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
    }
}
