package org.apache.cloudstack.framework.dbupgrade.release;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What {@code releases.yaml} says of one release.
 *
 * @param version the release
 * @param follows the releases whose contents it contains; all lower, none for the first release
 * @param shipped the day it was published, where that is known
 * @param note anything people should know; may be empty
 */
public record ReleaseDeclaration(
        ReleaseVersion version, SortedSet<ReleaseVersion> follows, Optional<LocalDate> shipped, String note) {

    public ReleaseDeclaration {
        follows = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(follows));
    }
}
