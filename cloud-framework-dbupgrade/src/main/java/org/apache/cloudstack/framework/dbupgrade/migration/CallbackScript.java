package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SQL callback of Flyway that lies beside the migrations, such as {@code afterMigrate__grants.sql}.
 *
 * @param fileName its file's name, by which Flyway knows the event
 * @param path its path below the location
 * @param origin where it was found
 * @param text its text
 */
public record CallbackScript(String fileName, String path, String origin, String text) {

    /** The events of Flyway that an upgrade raises. */
    static final Set<String> EVENTS = Set.of(
            "beforeMigrate",
            "beforeEachMigrate",
            "afterEachMigrate",
            "afterEachMigrateError",
            "afterVersioned",
            "beforeRepeatables",
            "afterMigrateApplied",
            "afterMigrate",
            "afterMigrateError");

    private static final Pattern NAME = Pattern.compile("(?<event>(before|after)[A-Z]\\w*?)(__.*)?\\.sql");

    /** Whether a file is meant to be one. */
    static boolean isMeantBy(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    static CallbackScript of(Location.Entry entry, String text) throws MalformedNameException {
        Matcher name = NAME.matcher(entry.fileName());
        if (!name.matches() || !EVENTS.contains(name.group("event"))) {
            throw new MalformedNameException(
                    "an upgrade raises no event of this name for Flyway's callbacks", "afterMigrate__description");
        }
        return new CallbackScript(entry.fileName(), entry.path(), entry.origin(), text);
    }
}
