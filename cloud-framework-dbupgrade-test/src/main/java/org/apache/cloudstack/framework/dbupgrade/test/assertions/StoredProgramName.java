package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A migration or repeatable as a test names it: its place {@code 4.5.3_A}, its file or class, or {@code R_view}.
 *
 * @param text as it was written
 * @param key its key in the journal, where the text is a place; else the text
 */
record StoredProgramName(String text, String key) {

    private static final Pattern PLACE = Pattern.compile("(next|\\d+(?:\\.\\d+){2,3})_([A-Za-z]{1,3}|\\d{1,6})");
    private static final int LETTERS = 26;

    static StoredProgramName of(String text) {
        Matcher place = PLACE.matcher(text);
        return new StoredProgramName(text, place.matches() ? key(place.group(1), place.group(2)) : text);
    }

    /** What people call a routine: the place of a migration, the key of a repeatable. */
    static String of(Migration migration) {
        return migration instanceof VersionedMigration versioned
                ? versioned.name().place()
                : migration.key();
    }

    boolean names(Migration migration) {
        return names(migration.key(), migration.script());
    }

    boolean names(String itsKey, String itsScript) {
        return key.equals(itsKey) || text.equals(itsScript);
    }

    private static String key(String version, String sequence) {
        ReleaseVersion release = ReleaseVersion.of(version);
        int ordinal = Character.isDigit(sequence.charAt(0))
                ? Integer.parseInt(sequence)
                : sequence.toUpperCase(Locale.ROOT)
                        .chars()
                        .reduce(0, (sum, letter) -> sum * LETTERS + letter - 'A' + 1);
        return release.major() + "." + release.minor() + "." + release.patch() + "." + release.hotfix() + "." + ordinal;
    }
}
