package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Reads versions as CloudStack wrote them in file names, by their digits only: {@code 442} is 4.4.2. */
final class LegacyVersions {

    private static final int MOST_DIGITS = 12;
    private static final int PARTS_OF_SHORT = 2;
    private static final int PARTS = 3;
    private static final int MOST_PARTS = 4;

    private final LegacySettings settings;

    LegacyVersions(LegacySettings settings) {
        this.settings = settings;
    }

    /** The version; empty when it is doubtful. */
    Optional<ReleaseVersion> read(String digits) {
        ReleaseVersion answer = settings.answers().get(digits);
        if (answer != null) {
            return Optional.of(answer);
        }
        SortedSet<ReleaseVersion> candidates = possible(digits);
        return candidates.size() == 1 ? Optional.of(candidates.first()) : Optional.empty();
    }

    /** What somebody has to say of digits that cannot be read. */
    OpenQuestion doubt(String digits) {
        Collection<ReleaseVersion> possible = possible(digits);
        boolean unknown = possible.isEmpty();
        List<String> candidates = (unknown ? readings(digits) : possible)
                .stream().map(ReleaseVersion::toString).toList();
        return new OpenQuestion(
                OpenQuestion.Kind.VERSION,
                digits,
                candidates,
                "The digits '" + digits + "' in names of files "
                        + (unknown ? "are those of no release that was named." : "may be several versions."));
    }

    /** With a list of real releases, those of them that have the digits; else all that the digits may be. */
    private SortedSet<ReleaseVersion> possible(String digits) {
        SortedSet<ReleaseVersion> all = readings(digits);
        if (settings.versions().isEmpty()) {
            return all;
        }
        all.retainAll(settings.versions());
        if (all.isEmpty()) {
            all.addAll(split(digits, PARTS_OF_SHORT));
            all.retainAll(settings.versions());
        }
        return all;
    }

    /** Two digits are X.Y; more are three or four parts. 410 is 4.1.0 and not 4.10, for CloudStack wrote 41000 for that. */
    private static SortedSet<ReleaseVersion> readings(String digits) {
        SortedSet<ReleaseVersion> readings = new TreeSet<>(split(digits, PARTS));
        readings.addAll(split(digits, MOST_PARTS));
        if (digits.length() == PARTS_OF_SHORT) {
            readings.addAll(split(digits, PARTS_OF_SHORT));
        }
        return readings;
    }

    private static Collection<ReleaseVersion> split(String digits, int parts) {
        SortedSet<ReleaseVersion> found = new TreeSet<>();
        if (digits.length() <= MOST_DIGITS) {
            split("", digits, parts, found);
        }
        return found;
    }

    private static void split(String before, String digits, int parts, Collection<ReleaseVersion> found) {
        if (parts == 1) {
            if (isPart(digits)) {
                String version = before + digits;
                boolean isShort = version.chars().filter(sign -> sign == '.').count() == 1;
                ReleaseVersion.tryParse(isShort ? version + ".0" : version).ifPresent(found::add);
            }
            return;
        }
        for (int end = 1; end < digits.length(); end++) {
            if (isPart(digits.substring(0, end))) {
                split(before + digits.substring(0, end) + ".", digits.substring(end), parts - 1, found);
            }
        }
    }

    private static boolean isPart(String digits) {
        return digits.length() == 1 || !digits.startsWith("0");
    }
}
