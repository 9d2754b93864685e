package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.migration.CallbackScript;

/** Files beside the migrations that Flyway's callbacks are. */
final class CallbackFiles {

    /** The events of Flyway that an upgrade raises. */
    private static final Set<String> EVENTS = Set.of(
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

    private CallbackFiles() {}

    /** Whether a file is meant to be one. */
    static boolean isMeantBy(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    static CallbackScript read(Location.Entry entry, String text) throws MalformedNameException {
        Matcher name = NAME.matcher(entry.fileName());
        if (!name.matches() || !EVENTS.contains(name.group("event"))) {
            throw new MalformedNameException(
                    "an upgrade raises no event of this name for Flyway's callbacks", "afterMigrate__description");
        }
        return new CallbackScript(entry.fileName(), entry.path(), entry.origin(), text);
    }
}
