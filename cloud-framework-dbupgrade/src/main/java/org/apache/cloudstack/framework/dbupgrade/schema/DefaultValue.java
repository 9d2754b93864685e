package org.apache.cloudstack.framework.dbupgrade.schema;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Literal;
import org.apache.cloudstack.framework.dbupgrade.schema.DataType.Family;

/**
 * The default of a column.
 *
 * @param kind what it is
 * @param text a text without quotes, a number, or an expression
 */
record DefaultValue(Kind kind, String text) {

    enum Kind {
        TEXT,
        NUMBER,
        NULL,
        NOW,
        EXPRESSION
    }

    static DefaultValue of(String text) {
        return new DefaultValue(Kind.TEXT, text);
    }

    static DefaultValue of(BigDecimal number) {
        return new DefaultValue(Kind.NUMBER, number.toPlainString());
    }

    /** Why a column of a type cannot have it; empty when it can. */
    Optional<String> objection(DataType type, boolean nullable) {
        Family family = type.family();
        boolean literal = kind == Kind.TEXT || kind == Kind.NUMBER;
        if (literal && family.isLong()) {
            return Optional.of("MySQL takes no literal as the default of " + type.sql() + ": state an expression");
        }
        return switch (kind) {
            case NULL -> nullable ? Optional.empty() : Optional.of("its default is NULL, and it is not nullable");
            case NOW ->
                family == Family.MOMENT
                        ? Optional.empty()
                        : Optional.of("only datetime and timestamp have the time as their default");
            case NUMBER -> objectionToNumber(type);
            case TEXT -> objectionToText(type);
            case EXPRESSION -> Optional.empty();
        };
    }

    private Optional<String> objectionToNumber(DataType type) {
        if (!type.family().isNumber() && type.family() != Family.BITS) {
            return Optional.of("a number is no default of " + type.sql());
        }
        return type.holds(new BigDecimal(text)) ? Optional.empty() : Optional.of("its default is no " + type.sql());
    }

    private Optional<String> objectionToText(DataType type) {
        OptionalInt longest = type.longestLiteral();
        if (type.family().isNumber() || type.family() == Family.BITS) {
            return Optional.of("a text is no default of " + type.sql());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("its default holds a control character");
        }
        if (longest.isPresent() && text.codePointCount(0, text.length()) > longest.getAsInt()) {
            return Optional.of("its default is longer than " + type.sql() + " takes");
        }
        return type.knows(text) ? Optional.empty() : Optional.of("its default is none of " + type.sql());
    }

    String sql(DataType type) {
        return switch (kind) {
            case TEXT -> Literal.quote(text);
            case NUMBER -> text;
            case NULL -> "NULL";
            case NOW -> "CURRENT_TIMESTAMP" + type.precision();
            case EXPRESSION -> "(" + text + ")";
        };
    }

    /** Throws where it is an expression that cannot be read. */
    void readExpression() {
        if (kind == Kind.EXPRESSION) {
            new WrittenSql(text).readDefault();
        }
    }
}
