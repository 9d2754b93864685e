package org.apache.cloudstack.framework.dbupgrade.releases;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A tag that names a release.
 *
 * @param version the release
 * @param tag the tag's name
 * @param commit the commit it marks
 * @param time when the tag was made, or the commit where the tag does not say
 * @param shipped the day of that, where it was made
 */
record ReleaseTag(ReleaseVersion version, String tag, ObjectId commit, Instant time, LocalDate shipped) {

    static ReleaseTag of(ReleaseVersion version, String tag, ObjectId commit, PersonIdent maker) {
        Instant time = maker.getWhenAsInstant();
        return new ReleaseTag(version, tag, commit, time, LocalDate.ofInstant(time, maker.getZoneId()));
    }
}
