package org.apache.cloudstack.framework.dbupgrade.backup;

import java.util.Locale;
import java.util.Map;

/** How a connection is encrypted, in the words of MySQL's driver; those of MariaDB's driver mean the same. */
public enum TlsMode {
    /** Never. */
    DISABLED,
    /** Where the server offers it, and without a look at its certificate. */
    PREFERRED,
    /** Always, and without a look at its certificate. */
    REQUIRED,
    /** Always, with a certificate of a known authority. */
    VERIFY_CA,
    /** Always, with a certificate of a known authority for this host. */
    VERIFY_IDENTITY;

    private static final Map<String, TlsMode> OF_MARIADB =
            Map.of("DISABLE", DISABLED, "TRUST", REQUIRED, "VERIFY_FULL", VERIFY_IDENTITY);

    /** The mode that {@code sslMode} names in a URL. */
    static TlsMode named(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        return OF_MARIADB.containsKey(name) ? OF_MARIADB.get(name) : valueOf(name);
    }
}
