package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.Comparator;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Where a file goes.
 *
 * @param file its path below the tree
 * @param name the name of the migration
 * @param release the release it belongs to; empty for a repeatable
 * @param index its place in the release, from 0
 * @param head a directive that it needs; empty for none
 */
record Place(String file, String name, Optional<ReleaseVersion> release, int index, String head)
        implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparing(
                    (Place place) -> place.release().orElse(ReleaseVersion.NEXT))
            .thenComparing(Place::index)
            .thenComparing(Place::name);
    private static final int LETTERS = 26;
    private static final String BEFORE = "-- dbupgrade: when=before";
    private static final String NO_DESCRIPTION = "[^\\p{L}\\p{N}_.-]+";

    /** The n-th script of a release, from 0. */
    static Place of(String file, ReleaseVersion release, int index, String description) {
        String words = description.replaceAll(NO_DESCRIPTION, "_").replaceFirst("^[_.-]+", "");
        return new Place(
                file,
                "V_" + release + "_" + letters(index) + (words.isEmpty() ? "" : "__" + words) + ".sql",
                Optional.of(release),
                index,
                "");
    }

    /** The old runner sent procedures before all upgrades, and views after them. */
    static Place repeatable(String file, boolean procedure) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return new Place(file, "R_" + name, Optional.empty(), 0, procedure ? BEFORE : "");
    }

    /** Scripts in their order, then repeatables. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    private static String letters(int index) {
        String last = String.valueOf((char) ('A' + index % LETTERS));
        return index < LETTERS ? last : letters(index / LETTERS - 1) + last;
    }
}
