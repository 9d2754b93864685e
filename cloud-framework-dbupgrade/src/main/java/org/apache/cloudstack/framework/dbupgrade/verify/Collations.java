package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.regex.Pattern;

/** Character sets and collations in one spelling, such as {@code utf8mb3 COLLATE utf8mb3_bin}. */
final class Collations {

    /** What scripts get that name no collation, on one server or another. */
    private static final Pattern DEFAULT_OF_A_SERVER =
            Pattern.compile(" COLLATE utf8mb[34]_(?:general_ci|0900_ai_ci|uca1400_ai_ci)\\b");

    private Collations() {}

    static String text(String collation) {
        String name = collation.replaceFirst("^utf8(?=_|$)", "utf8mb3");
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end) + " COLLATE " + name;
    }

    /** The definition without a collation that may be there only because its server chose it. */
    static String withoutServersChoice(String definition) {
        return DEFAULT_OF_A_SERVER.matcher(definition).replaceAll("");
    }
}
