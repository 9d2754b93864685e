package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Locale;

/** Names of character sets and collations in the one spelling that pictures of schemas have. */
final class CharsetText {

    private CharsetText() {}

    /** {@code utf8mb3} for {@code utf8}, {@code utf8mb3_bin} for {@code utf8_bin}. */
    static String charset(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^utf8(?=_|$)", "utf8mb3");
    }
}
