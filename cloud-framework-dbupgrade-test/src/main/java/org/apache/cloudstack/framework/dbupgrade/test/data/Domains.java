package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Finds out which values a column can take. */
final class Domains {

    private Domains() {}

    /**
     * The values of the column's type; empty when the type is not known here.
     *
     * @param prefix how many characters or octets have to differ where values are numbered; 0 for all
     */
    static Optional<Domain> of(Column column, long prefix) {
        return switch (column.type()) {
            case "tinyint" -> Optional.of(NumberDomains.whole(column, 8));
            case "smallint" -> Optional.of(NumberDomains.whole(column, 16));
            case "mediumint" -> Optional.of(NumberDomains.whole(column, 24));
            case "int", "integer" -> Optional.of(NumberDomains.whole(column, 32));
            case "bigint" -> Optional.of(NumberDomains.whole(column, 64));
            case "decimal", "numeric" -> Optional.of(NumberDomains.decimal(column));
            case "float" -> Optional.of(NumberDomains.floating(column, false));
            case "double", "real" -> Optional.of(NumberDomains.floating(column, true));
            case "bit" -> Optional.of(NumberDomains.bits(column));
            case "date" -> Optional.of(TimeDomains.date());
            case "datetime" -> Optional.of(TimeDomains.dateTime(column));
            case "timestamp" -> Optional.of(TimeDomains.timestamp(column));
            case "time" -> Optional.of(TimeDomains.time());
            case "year" -> Optional.of(TimeDomains.year());
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                Optional.of(TextDomains.text(column, prefix));
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                Optional.of(TextDomains.octets(column, prefix));
            case "enum" -> Optional.of(Domain.of(labels(column.fullType())));
            case "set" -> Optional.of(set(labels(column.fullType()).size()));
            case "json" -> Optional.of(json());
            case "uuid" -> Optional.of(TextDomains.uuid());
            case "inet4" -> Optional.of(inet4());
            case "inet6" -> Optional.of(inet6());
            default -> SpatialDomains.of(column);
        };
    }

    /** The labels of {@code enum('a','it''s')}. */
    static List<String> labels(String type) {
        List<String> labels = new ArrayList<>();
        int i = type.indexOf('\'');
        while (i >= 0) {
            StringBuilder label = new StringBuilder();
            for (i++; type.charAt(i) != '\'' || type.startsWith("''", i); i++) {
                i += type.charAt(i) == '\'' ? 1 : 0;
                label.append(type.charAt(i));
            }
            labels.add(label.toString());
            i = type.indexOf('\'', i + 1);
        }
        return labels;
    }

    /** As numbers, in which each member has its bit. */
    private static Domain set(int members) {
        long size = 1L << Math.min(members, 60);
        return Domain.of(size, (number, random) -> number, random -> random.nextLong(size), List.of(0L, size - 1));
    }

    private static Domain json() {
        return Domain.of(
                Domain.MANY,
                (number, random) -> "{\"number\": " + number + "}",
                random -> "{\"name\": \"" + TextDomains.word(random, 1 + random.nextInt(10)) + "\", \"size\": "
                        + random.nextInt(1000) + "}",
                List.of("{}", "[]", "null", "\"\"", "{\"a\": {\"b\": [1, -0.5, true, null, \"ß 😀 \\\" \\\\\"]}}"));
    }

    private static Domain inet4() {
        return Domain.of(
                1L << 32,
                (number, random) -> inet4(number + 1),
                random -> inet4(0x0A000000L + random.nextInt(1 << 24)),
                List.of("0.0.0.0", "255.255.255.255"));
    }

    private static String inet4(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static Domain inet6() {
        return Domain.of(
                1L << 32,
                (number, random) -> inet6(number),
                (SplittableRandom random) -> inet6(random.nextLong(1L << 32)),
                List.of("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    private static String inet6(long number) {
        return "2001:db8::" + Long.toHexString(number >> 16) + ":" + Long.toHexString(number & 0xffff);
    }
}
