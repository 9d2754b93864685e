package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Character sets and collations in one spelling. The default collation of a character set is not named, since servers
 * have different ones for {@code utf8mb4}: a script that leaves it out asks for the server's own.
 *
 * @param defaults the default collation of each character set on this server
 */
record Collations(Map<String, String> defaults) {

    private static final String DEFAULTS = """
            SELECT character_set_name AS charset_name, collation_name AS collation_of
            FROM information_schema.collations
            WHERE is_default = 'Yes'""";

    static Collations read(Catalog catalog) throws SQLException {
        Map<String, String> defaults = new TreeMap<>();
        for (Row row : catalog.rows(DEFAULTS)) {
            defaults.put(oneName(row.text("charset_name")), oneName(row.text("collation_of")));
        }
        return new Collations(Map.copyOf(defaults));
    }

    /** Such as {@code utf8mb3}, or {@code utf8mb3 COLLATE utf8mb3_bin}. */
    String text(String collation) {
        String name = oneName(collation);
        String characterSet = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
        return name.equals(defaults.get(characterSet)) ? characterSet : characterSet + " COLLATE " + name;
    }

    private static String oneName(String name) {
        return name.replaceFirst("^utf8(?=_|$)", "utf8mb3");
    }
}
