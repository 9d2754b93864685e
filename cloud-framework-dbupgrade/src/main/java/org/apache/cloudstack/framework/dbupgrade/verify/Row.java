package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.Map;

/**
 * One row of {@code information_schema}.
 *
 * @param values by column label; a NULL has no entry
 */
record Row(Map<String, String> values) {

    /** The value, empty for NULL. */
    String text(String label) {
        return values.getOrDefault(label, "");
    }

    boolean isNull(String label) {
        return !values.containsKey(label);
    }

    boolean is(String label, String value) {
        return value.equalsIgnoreCase(text(label));
    }
}
