package org.apache.cloudstack.framework.dbupgrade.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The type of a column; {@link DataTypes} makes them. Immutable. */
public final class DataType {

    /** What can be said of all types of one kind. */
    enum Family {
        INTEGER,
        FIXED_POINT,
        FLOATING_POINT,
        BITS,
        CHARACTER,
        TEXT,
        LIST,
        BINARY,
        BLOB,
        DATE,
        MOMENT,
        JSON;

        boolean isNumber() {
            return this == INTEGER || this == FIXED_POINT || this == FLOATING_POINT;
        }

        boolean hasCharset() {
            return this == CHARACTER || this == TEXT || this == LIST;
        }

        /** Whether values are long, so that they have no literal default and an index has a part of them only. */
        boolean isLong() {
            return this == TEXT || this == BLOB || this == JSON;
        }
    }

    private static final int LONGEST_ROW = 65_535;

    private final String words;
    private final Family family;
    private final int size;
    private final List<String> values;
    private final Optional<String> charset;
    private final Optional<String> collation;
    private final Optional<String> objection;

    private DataType(
            String words,
            Family family,
            int size,
            List<String> values,
            Optional<String> charset,
            Optional<String> collation,
            Optional<String> objection) {
        this.words = words;
        this.family = family;
        this.size = size;
        this.values = List.copyOf(values);
        this.charset = charset;
        this.collation = collation;
        this.objection = objection;
    }

    static DataType of(String words, Family family) {
        return new DataType(words, family, 0, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static DataType sized(String words, Family family, int size) {
        return new DataType(words, family, size, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static DataType listed(String words, List<String> values) {
        return new DataType(words, Family.LIST, 0, values, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Without negative numbers. */
    public DataType unsigned() {
        if (!family.isNumber() || words.endsWith(" UNSIGNED")) {
            return but(words + " cannot be unsigned");
        }
        return new DataType(words + " UNSIGNED", family, size, values, charset, collation, objection);
    }

    /** With a character set of its own. */
    public DataType charset(String name) {
        Optional<String> problem = DatabaseNames.objectionToWord(name);
        if (problem.isPresent() || !family.hasCharset()) {
            return but(problem.orElse(words + " has no character set"));
        }
        return new DataType(words, family, size, values, Optional.of(name), collation, objection);
    }

    /** With a collation of its own. */
    public DataType collation(String name) {
        Optional<String> problem = DatabaseNames.objectionToWord(name);
        if (problem.isPresent() || !family.hasCharset()) {
            return but(problem.orElse(words + " has no collation"));
        }
        return new DataType(words, family, size, values, charset, Optional.of(name), objection);
    }

    /** The same, with something wrong with it that is reported when a column has it. */
    DataType but(String problem) {
        return new DataType(words, family, size, values, charset, collation, objection.or(() -> Optional.of(problem)));
    }

    Family family() {
        return family;
    }

    /** The digits of a second that it keeps, in brackets, or nothing. */
    String precision() {
        return size > 0 ? "(" + size + ")" : "";
    }

    /** Whether servers differ in what they do with one that has no default and takes no NULL. */
    boolean isTimestamp() {
        return words.startsWith("timestamp");
    }

    /** The most characters that a literal may have. */
    OptionalInt longestLiteral() {
        return family == Family.CHARACTER ? OptionalInt.of(size) : OptionalInt.empty();
    }

    /** Whether a word is among those of an enumeration; true for any other type. */
    boolean knows(String word) {
        return !words.startsWith("enum") || values.contains(word);
    }

    /** Whether it can be a value; a decimal is rounded to what fits. */
    boolean holds(BigDecimal number) {
        boolean unsigned = words.endsWith(" UNSIGNED") || family == Family.BITS;
        if (unsigned && number.signum() < 0) {
            return false;
        }
        int bits = family == Family.BITS ? size : bitsOfInteger();
        if (bits == 0) {
            return true;
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole && number.toBigInteger().bitLength() <= (unsigned ? bits : bits - 1);
    }

    private int bitsOfInteger() {
        return switch (words.split("[( ]", 2)[0]) {
            case "tinyint" -> Byte.SIZE;
            case "smallint" -> Short.SIZE;
            case "mediumint" -> Byte.SIZE + Short.SIZE;
            case "int" -> Integer.SIZE;
            case "bigint" -> Long.SIZE;
            default -> 0;
        };
    }

    Optional<String> objection() {
        return objection.or(this::tooLong);
    }

    private Optional<String> tooLong() {
        int bytes = charset.filter(name -> name.startsWith("utf8"))
                .map(name -> name.equals("utf8mb4") ? 4 : 3)
                .orElse(1);
        return family == Family.CHARACTER && size > LONGEST_ROW / bytes
                ? Optional.of(words + " does not fit into a row: of " + charset.orElse("") + " it takes up to "
                        + LONGEST_ROW / bytes + " characters")
                : Optional.empty();
    }

    /** As SQL, in the words of the parser. */
    String sql() {
        return words
                + charset.map(name -> " CHARACTER SET " + name).orElse("")
                + collation.map(name -> " COLLATE " + name).orElse("");
    }
}
