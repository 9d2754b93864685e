package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The check with which MariaDB makes a text column one of JSON. */
final class JsonCheck {

    private static final Pattern JSON_VALID = Pattern.compile("json_valid (\\S+)");

    private JsonCheck() {}

    /** The key of the column that the check makes one of JSON; empty for any other check. */
    static Stream<String> column(Row check) {
        Matcher valid = JSON_VALID.matcher(SqlText.expression(check.text("clause")));
        return valid.matches() ? Stream.of(key(check.text("table_of"), valid.group(1))) : Stream.of();
    }

    static String key(String table, String column) {
        return table + "." + column.toLowerCase(Locale.ROOT);
    }
}
