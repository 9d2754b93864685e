package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.QuoteRules;
import org.jspecify.annotations.Nullable;

/** What the session of a load holds that decides how its text is read. */
final class DumpSession {

    private static final String MODE = "SQL_MODE";
    private static final String CHARSET = "CHARACTER_SET_CLIENT";

    /** In the others, an octet of a character may look like a backslash or a quote. */
    private static final Set<String> PLAIN_CHARSETS = Set.of(
            "UTF8MB4",
            "UTF8MB3",
            "UTF8",
            "BINARY",
            "ASCII",
            "LATIN1",
            "LATIN2",
            "LATIN5",
            "LATIN7",
            "CP1250",
            "CP1251",
            "CP1256",
            "CP1257",
            "CP850",
            "CP852",
            "CP866",
            "KOI8R",
            "KOI8U",
            "GREEK",
            "HEBREW",
            "TIS620",
            "ARMSCII8",
            "GEOSTD8",
            "MACCE",
            "MACROMAN",
            "DEC8",
            "HP8",
            "KEYBCS2",
            "EUCKR",
            "EUCJPMS",
            "UJIS",
            "GB2312");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private String delimiter = ";";
    private @Nullable String database;

    DumpSession(@Nullable String database) {
        this.database = database;
        values.put(MODE, "");
        values.put(CHARSET, "UTF8MB4");
    }

    QuoteRules quotes() {
        return QuoteRules.of(values.getOrDefault(MODE, ""));
    }

    boolean isOracle() {
        return values.getOrDefault(MODE, "").toUpperCase(Locale.ROOT).contains("ORACLE");
    }

    /** Whether any octet may be in its text. */
    boolean isPlain() {
        return PLAIN_CHARSETS.contains(values.getOrDefault(CHARSET, "").toUpperCase(Locale.ROOT));
    }

    String delimiter() {
        return delimiter;
    }

    void delimit(String by) {
        delimiter = by;
    }

    @Nullable
    String database() {
        return database;
    }

    void use(String name) {
        database = name;
    }

    /** Whether a variable decides how text is read. */
    static boolean matters(String variable) {
        return variable.equals(MODE) || variable.equals(CHARSET) || variable.equals("NAMES");
    }

    void set(String variable, String value) {
        String name = variable.equals("NAMES") ? CHARSET : variable;
        if (matters(name)) {
            values.put(name, value);
        }
    }

    void keep(String userVariable, String variable) {
        kept.put(userVariable, values.getOrDefault(variable, ""));
        if (!matters(variable)) {
            kept.remove(userVariable);
        }
    }

    /** What a variable of the user holds of one that matters. */
    @Nullable
    String kept(String userVariable) {
        return kept.get(userVariable);
    }
}
