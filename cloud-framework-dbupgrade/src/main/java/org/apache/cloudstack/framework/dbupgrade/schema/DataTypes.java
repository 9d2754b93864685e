package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Literal;
import org.apache.cloudstack.framework.dbupgrade.schema.DataType.Family;

/** The types that every supported server knows; what is impossible in one is reported when a column has it. */
public final class DataTypes {

    private static final int LONGEST_ROW = 65_535;
    private static final int LONGEST_FIXED = 255;
    private static final int MOST_DIGITS = 65;
    private static final int MOST_DECIMALS = 30;
    private static final int MOST_BITS = 64;
    private static final int FINEST = 6;

    private DataTypes() {}

    /** A whole number of 1 byte. */
    public static DataType tinyint() {
        return DataType.of("tinyint", Family.INTEGER);
    }

    /** A whole number of 2 bytes. */
    public static DataType smallint() {
        return DataType.of("smallint", Family.INTEGER);
    }

    /** A whole number of 3 bytes. */
    public static DataType mediumint() {
        return DataType.of("mediumint", Family.INTEGER);
    }

    /** A whole number of 4 bytes. */
    public static DataType integer() {
        return DataType.of("int", Family.INTEGER);
    }

    /** A whole number of 8 bytes. */
    public static DataType bigint() {
        return DataType.of("bigint", Family.INTEGER);
    }

    /** True or false: {@code tinyint(1)}. */
    public static DataType bool() {
        return DataType.of("tinyint(1)", Family.INTEGER);
    }

    /** A number with so many digits in all, and so many of them after the point. */
    public static DataType decimal(int digits, int decimals) {
        boolean possible =
                digits >= 1 && digits <= MOST_DIGITS && decimals >= 0 && decimals <= Math.min(digits, MOST_DECIMALS);
        DataType type = DataType.sized("decimal(" + digits + ", " + decimals + ")", Family.FIXED_POINT, digits);
        return possible
                ? type
                : type.but("decimal takes 1 to " + MOST_DIGITS + " digits, up to " + MOST_DECIMALS
                        + " of them after the point, not (" + digits + ", " + decimals + ")");
    }

    /** A floating-point number of 4 bytes. */
    public static DataType singlePrecision() {
        return DataType.of("float", Family.FLOATING_POINT);
    }

    /** A floating-point number of 8 bytes. */
    public static DataType doublePrecision() {
        return DataType.of("double", Family.FLOATING_POINT);
    }

    /** So many bits. */
    public static DataType bit(int length) {
        return sized("bit", Family.BITS, length, 1, MOST_BITS);
    }

    /** Text that is filled up with blanks to so many characters. */
    public static DataType fixedChar(int length) {
        return sized("char", Family.CHARACTER, length, 0, LONGEST_FIXED);
    }

    /** Text of up to so many characters; how many fit depends on the character set and on the other columns. */
    public static DataType varchar(int length) {
        return sized("varchar", Family.CHARACTER, length, 0, LONGEST_ROW);
    }

    /** Text of up to 255 bytes. */
    public static DataType tinytext() {
        return DataType.of("tinytext", Family.TEXT);
    }

    /** Text of up to 64 KiB. */
    public static DataType text() {
        return DataType.of("text", Family.TEXT);
    }

    /** Text of up to 16 MiB. */
    public static DataType mediumtext() {
        return DataType.of("mediumtext", Family.TEXT);
    }

    /** Text of up to 4 GiB. */
    public static DataType longtext() {
        return DataType.of("longtext", Family.TEXT);
    }

    /** Bytes that are filled up with zeros. */
    public static DataType binary(int length) {
        return sized("binary", Family.BINARY, length, 0, LONGEST_FIXED);
    }

    /** Up to so many bytes. */
    public static DataType varbinary(int length) {
        return sized("varbinary", Family.BINARY, length, 0, LONGEST_ROW);
    }

    /** Up to 64 KiB. */
    public static DataType blob() {
        return DataType.of("blob", Family.BLOB);
    }

    /** Up to 16 MiB. */
    public static DataType mediumblob() {
        return DataType.of("mediumblob", Family.BLOB);
    }

    /** Up to 4 GiB. */
    public static DataType longblob() {
        return DataType.of("longblob", Family.BLOB);
    }

    /** A day. */
    public static DataType date() {
        return DataType.of("date", Family.DATE);
    }

    /** A time of day, or a span of time, with so many decimals of a second. */
    public static DataType time(int decimals) {
        return decimals == 0 ? DataType.of("time", Family.DATE) : sized("time", Family.DATE, decimals, 0, FINEST);
    }

    /** A day and a time without a zone. */
    public static DataType datetime() {
        return DataType.of("datetime", Family.MOMENT);
    }

    /** A day and a time without a zone, with so many decimals of a second. */
    public static DataType datetime(int decimals) {
        return sized("datetime", Family.MOMENT, decimals, 0, FINEST);
    }

    /** A moment from 1970 to 2038. */
    public static DataType timestamp() {
        return DataType.of("timestamp", Family.MOMENT);
    }

    /** A moment from 1970 to 2038, with so many decimals of a second. */
    public static DataType timestamp(int decimals) {
        return sized("timestamp", Family.MOMENT, decimals, 0, FINEST);
    }

    /** A year from 1901 to 2155. */
    public static DataType year() {
        return DataType.of("year", Family.DATE);
    }

    /** A JSON document; MariaDB keeps it as text that is checked. */
    public static DataType json() {
        return DataType.of("json", Family.JSON);
    }

    /** One of the given words. */
    public static DataType enumOf(String... words) {
        return listed("enum", words);
    }

    /** Any of the given words, up to 64. */
    public static DataType setOf(String... words) {
        DataType set = listed("set", words);
        boolean possible = words.length <= MOST_BITS && Stream.of(words).noneMatch(word -> word.contains(","));
        return possible ? set : set.but("set takes up to " + MOST_BITS + " words without commas");
    }

    private static DataType listed(String word, String... words) {
        List<String> values = List.of(words);
        String text = values.stream().map(DataTypes::quoted).collect(Collectors.joining(", ", word + "(", ")"));
        DataType type = DataType.listed(text, values);
        if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
            return type.but(word + " takes one word at least, and none of them twice");
        }
        boolean stored = values.stream()
                .allMatch(value -> value.length() <= LONGEST_FIXED
                        && !value.endsWith(" ")
                        && value.indexOf('\\') < 0
                        && value.chars().noneMatch(Character::isISOControl));
        return stored
                ? type
                : type.but(word + " takes words of up to " + LONGEST_FIXED
                        + " characters, without backslashes, control characters and blanks at their end");
    }

    private static String quoted(String value) {
        return Literal.quote(value.replace("\0", ""));
    }

    private static DataType sized(String word, Family family, int size, int least, int most) {
        DataType type = DataType.sized(word + "(" + size + ")", family, size);
        return size < least || size > most
                ? type.but(word + " takes " + least + " to " + most + ", not " + size)
                : type;
    }
}
