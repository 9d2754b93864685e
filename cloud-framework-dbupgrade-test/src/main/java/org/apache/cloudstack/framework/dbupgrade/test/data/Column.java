package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column, as {@code information_schema} has it.
 *
 * @param type the type alone, such as {@code bigint}; {@code json} also where MariaDB keeps JSON in a text
 * @param fullType the type as it is written, such as {@code bigint(20) unsigned}
 * @param literalDefault its default, when that is a plain value
 * @param hasDefault whether it has any default but NULL
 * @param generated whether the server computes it
 * @param charset empty when it holds no text
 * @param length most characters or octets; of a text column, octets
 * @param precision digits, or bits
 * @param scale digits after the point; -1 where none are said
 * @param fraction digits of a second
 * @param srid the spatial reference system it is tied to
 */
record Column(
        String name,
        String type,
        String fullType,
        boolean nullable,
        @Nullable String literalDefault,
        boolean hasDefault,
        boolean autoIncrement,
        boolean generated,
        String charset,
        long length,
        int precision,
        int scale,
        int fraction,
        @Nullable Long srid) {

    boolean unsigned() {
        return fullType.contains("unsigned");
    }

    /** By convention, {@code TINYINT(1)} holds true and false. */
    boolean isBoolean() {
        return fullType.startsWith("tinyint(1)");
    }

    /** Whether it is named as one that holds UUIDs, and has space for them. */
    boolean isUuidText() {
        String lower = name.toLowerCase(Locale.ROOT);
        return !charset.isEmpty() && length >= 36 && length < 256 && (lower.equals("uuid") || lower.endsWith("_uuid"));
    }

    @Override
    public String toString() {
        return name + " " + fullType;
    }
}
