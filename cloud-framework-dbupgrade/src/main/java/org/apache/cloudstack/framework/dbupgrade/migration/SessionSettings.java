package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.regex.Pattern;

/**
 * The session every migration starts from, so that a script does the same whatever server and driver it meets.
 *
 * @param sqlMode the modes; without ONLY_FULL_GROUP_BY, which older scripts do not bear
 * @param characterSet the character set of literals and results
 * @param collation the collation of literals, and of databases that the upgrade creates
 * @param timeZone an offset such as {@code +00:00}
 * @param foreignKeyChecks whether foreign keys are checked
 */
public record SessionSettings(
        String sqlMode, String characterSet, String collation, String timeZone, boolean foreignKeyChecks) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    public SessionSettings {
        if (!NAME.matcher(characterSet).matches() || !NAME.matcher(collation).matches()) {
            throw new IllegalArgumentException("A character set and a collation have names of letters, digits and _: "
                    + characterSet + ", " + collation);
        }
    }

    /** The defaults. */
    public static SessionSettings defaults() {
        return new SessionSettings(
                "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
                "utf8mb4",
                "utf8mb4_general_ci",
                "+00:00",
                true);
    }
}
