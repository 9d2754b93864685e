package org.apache.cloudstack.framework.dbupgrade.cluster;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A server that uses the databases, or of which nobody can say that it does not.
 *
 * @param name what people call it
 * @param release the release of its code; empty when it is not known, which counts as older than every other
 */
public record Node(String name, Optional<ReleaseVersion> release) {

    /** Whether its code may need what a release takes away. */
    public boolean isOlderThan(ReleaseVersion other) {
        return release.map(other::isAfter).orElse(true);
    }

    /** {@code ms-1 (4.6.0)}. */
    @Override
    public String toString() {
        return name + " (" + release.map(ReleaseVersion::toString).orElse("release not known") + ")";
    }
}
