package org.apache.cloudstack.framework.dbupgrade.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published version of the software: three or four numbers, compared one by one. The fourth, the hotfix, counts
 * security releases; three parts equal four parts with a 0.
 *
 * @param major first part, from 0
 * @param minor second part, from 0
 * @param patch third part, from 0: patch releases continue an old line
 * @param hotfix fourth part, from 0; 0 when the version was written in three parts
 */
public record ReleaseVersion(int major, int minor, int patch, int hotfix) implements Comparable<ReleaseVersion> {

    /** The release that is not cut yet, and comes after all others; written {@code next}. */
    public static final ReleaseVersion NEXT = new ReleaseVersion(999_999, 0, 0, 0);

    private static final String NEXT_TEXT = "next";
    private static final Pattern PARTS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");
    private static final Pattern PARTS_AND_SUFFIX = Pattern.compile(PARTS.pattern() + "(?:[-+.]?[A-Za-z].*|[-+].+)?");

    public ReleaseVersion {
        if (major < 0 || minor < 0 || patch < 0 || hotfix < 0) {
            throw new IllegalArgumentException("A release version has no negative parts");
        }
    }

    /**
     * Reads a version of three or four parts, without any suffix.
     *
     * @throws IllegalArgumentException when the text is not of this form
     */
    public static ReleaseVersion of(String text) {
        return tryParse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "'" + text
                                        + "' is not a release version: write three or four numbers with dots, such as 4.5.3 or 4.11.3.0"));
    }

    /** Like {@link #of}, but empty when the text is not a version. */
    public static Optional<ReleaseVersion> tryParse(String text) {
        return text.equals(NEXT_TEXT) ? Optional.of(NEXT) : read(PARTS, text);
    }

    /**
     * Reads the version that a build states of itself, and cuts what follows the numbers: {@code 4.6.0-SNAPSHOT},
     * {@code 4.5.2.brand} and {@code 4.11.3.0-brand7} are 4.6.0, 4.5.2 and 4.11.3.0.
     *
     * @throws IllegalArgumentException when the text does not start with three or four numbers
     */
    public static ReleaseVersion ofBuild(String text) {
        return read(PARTS_AND_SUFFIX, text.strip())
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not the version of a build: it starts with three or four numbers with dots, such as"
                        + " 4.6.0-SNAPSHOT"));
    }

    private static Optional<ReleaseVersion> read(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String hotfix = matcher.group(4);
        return Optional.of(new ReleaseVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                hotfix == null ? 0 : Integer.parseInt(hotfix)));
    }

    /** Written out, since each start compares, and a comparator that is put together costs it milliseconds. */
    @Override
    public int compareTo(ReleaseVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        int byPatch = byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
        return byPatch != 0 ? byPatch : Integer.compare(hotfix, other.hotfix);
    }

    /** Whether this version comes after the other one. */
    public boolean isAfter(ReleaseVersion other) {
        return compareTo(other) > 0;
    }

    /** Whether this is the release that is not cut yet. */
    public boolean isNext() {
        // equals of a record is put together too
        return compareTo(NEXT) == 0;
    }

    /** Whether both are of one line, such as 4.5.x. */
    public boolean isOfLineOf(ReleaseVersion other) {
        return major == other.major && minor == other.minor;
    }

    /** Whether this continues a line, rather than opening one: X.Y.Z with Z above 0, or a hotfix. */
    public boolean isPatch() {
        return patch > 0 || hotfix > 0;
    }

    /** The shortest text: three parts, four when there is a hotfix. */
    @Override
    public String toString() {
        if (isNext()) {
            return NEXT_TEXT;
        }
        String threeParts = major + "." + minor + "." + patch;
        return hotfix == 0 ? threeParts : threeParts + "." + hotfix;
    }
}
