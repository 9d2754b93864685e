package org.apache.cloudstack.framework.dbupgrade.schema;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Literal;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;

/** A column. It takes no NULL unless it is said to be nullable. Immutable. */
public final class Column implements TablePart {

    private static final int LONGEST_COMMENT = 1024;

    private final String name;
    private final DataType type;
    private final Rules rules;
    private final ColumnPosition position;

    private record Rules(
            boolean nullable,
            Optional<DefaultValue> defaultValue,
            boolean followsTime,
            boolean autoIncrement,
            Optional<Generation> generation,
            Optional<String> comment) {

        static final Rules NONE = new Rules(false, Optional.empty(), false, false, Optional.empty(), Optional.empty());
    }

    private record Generation(String expression, boolean stored) {}

    private Column(String name, DataType type, Rules rules, ColumnPosition position) {
        this.name = name;
        this.type = type;
        this.rules = rules;
        this.position = position;
    }

    /** A column that takes no NULL. */
    public static Column column(String name, DataType type) {
        return new Column(name, type, Rules.NONE, new ColumnPosition.Unsaid());
    }

    /** Takes NULL too. */
    public Column nullable() {
        return with(new Rules(
                true, rules.defaultValue, rules.followsTime, rules.autoIncrement, rules.generation, rules.comment));
    }

    /** With a text as its default, such as a word or a date. */
    public Column defaultsTo(String text) {
        return with(DefaultValue.of(text));
    }

    /** With a number as its default. */
    public Column defaultsTo(long number) {
        return with(DefaultValue.of(BigDecimal.valueOf(number)));
    }

    /** With a number as its default. */
    public Column defaultsTo(BigDecimal number) {
        return with(DefaultValue.of(number));
    }

    /** With 1 or 0 as its default. */
    public Column defaultsTo(boolean value) {
        return defaultsTo(value ? 1 : 0);
    }

    /** With the default NULL, written out. */
    public Column defaultsToNull() {
        return with(new DefaultValue(DefaultValue.Kind.NULL, ""));
    }

    /** With the time of the insert as its default. */
    public Column defaultsToNow() {
        return with(new DefaultValue(DefaultValue.Kind.NOW, ""));
    }

    /** With what an expression gives as its default; SQL such as {@code uuid()}. */
    public Column defaultsToExpression(String sql) {
        return with(new DefaultValue(DefaultValue.Kind.EXPRESSION, sql));
    }

    /** Set to the time whenever the row is updated. */
    public Column followsTime() {
        return with(new Rules(
                rules.nullable, rules.defaultValue, true, rules.autoIncrement, rules.generation, rules.comment));
    }

    /** Counted up by the server; needs a key that starts with it. */
    public Column autoIncrement() {
        return with(new Rules(
                rules.nullable, rules.defaultValue, rules.followsTime, true, rules.generation, rules.comment));
    }

    /** Computed from other columns when it is read; SQL such as {@code cpu * speed}. */
    public Column computedAs(String sql) {
        return with(new Generation(sql, false));
    }

    /** Computed from other columns when the row is written, and stored. */
    public Column storedAs(String sql) {
        return with(new Generation(sql, true));
    }

    /** What it is for. */
    public Column comment(String text) {
        return with(new Rules(
                rules.nullable,
                rules.defaultValue,
                rules.followsTime,
                rules.autoIncrement,
                rules.generation,
                Optional.of(text)));
    }

    /** After another column; for one that is added or modified. */
    public Column after(String column) {
        return new Column(name, type, rules, new ColumnPosition.After(column));
    }

    /** Before all others; for one that is added or modified. */
    public Column first() {
        return new Column(name, type, rules, new ColumnPosition.First());
    }

    private Column with(DefaultValue value) {
        return with(new Rules(
                rules.nullable,
                Optional.of(value),
                rules.followsTime,
                rules.autoIncrement,
                rules.generation,
                rules.comment));
    }

    private Column with(Generation generation) {
        return with(new Rules(
                rules.nullable,
                rules.defaultValue,
                rules.followsTime,
                rules.autoIncrement,
                Optional.of(generation),
                rules.comment));
    }

    private Column with(Rules other) {
        return new Column(name, type, other, position);
    }

    String name() {
        return name;
    }

    DataType type() {
        return type;
    }

    boolean isNullable() {
        return rules.nullable || isGenerated();
    }

    boolean isCounted() {
        return rules.autoIncrement;
    }

    boolean isGenerated() {
        return rules.generation.isPresent();
    }

    boolean isStored() {
        return rules.generation.filter(Generation::stored).isPresent();
    }

    boolean hasDefault() {
        return rules.defaultValue.isPresent();
    }

    ColumnPosition position() {
        return position;
    }

    /** The same column under a name, with no rule that an insert could break. */
    Column relaxed(String other) {
        Rules none = new Rules(true, Optional.empty(), false, false, Optional.empty(), rules.comment);
        return new Column(other, type, none, position);
    }

    Column unplaced() {
        return new Column(name, type, rules, new ColumnPosition.Unsaid());
    }

    Optional<String> objection() {
        Optional<String> wrong = DatabaseNames.objection(name)
                .or(type::objection)
                .or(() -> rules.defaultValue.flatMap(value -> value.objection(type, rules.nullable)));
        return wrong.or(this::contradiction);
    }

    private Optional<String> contradiction() {
        boolean computes = rules.defaultValue.isPresent() || rules.followsTime || rules.autoIncrement;
        if (isGenerated() && computes) {
            return Optional.of("a computed column has no default and is not counted up");
        }
        if (rules.autoIncrement && (type.family() != DataType.Family.INTEGER)) {
            return Optional.of("only a whole number is counted up, not " + type.sql());
        }
        if (rules.autoIncrement && (rules.nullable || hasDefault())) {
            return Optional.of("a column that is counted up is not nullable and has no default");
        }
        if (rules.followsTime && type.family() != DataType.Family.MOMENT) {
            return Optional.of("only datetime and timestamp follow the time");
        }
        if (type.isTimestamp() && !isNullable() && !hasDefault()) {
            return Optional.of("servers differ about a timestamp that is neither nullable nor has a default");
        }
        boolean unfit = rules.comment
                .filter(text -> text.length() > LONGEST_COMMENT || text.indexOf('\0') >= 0)
                .isPresent();
        return unfit
                ? Optional.of("a comment has up to " + LONGEST_COMMENT + " characters and no NUL")
                : Optional.empty();
    }

    /** What it is computed from; empty when it is not. */
    Optional<Expression> computedFrom() {
        return rules.generation.map(generation -> new WrittenSql(generation.expression).generation());
    }

    /** Throws where an expression of it cannot be read. */
    void readExpressions() {
        computedFrom();
        rules.defaultValue.ifPresent(DefaultValue::readExpression);
    }

    String sql() {
        String words = Identifier.quote(name) + " " + type.sql();
        String comment =
                rules.comment.map(text -> " COMMENT " + Literal.quote(text)).orElse("");
        if (rules.generation.isPresent()) {
            Generation generation = rules.generation.get();
            return words + " GENERATED ALWAYS AS (" + generation.expression + ") "
                    + (generation.stored ? "STORED" : "VIRTUAL") + comment;
        }
        return words
                + (rules.nullable ? " NULL" : " NOT NULL")
                + rules.defaultValue.map(value -> " DEFAULT " + value.sql(type)).orElse("")
                + (rules.followsTime ? " ON UPDATE CURRENT_TIMESTAMP" + type.precision() : "")
                + (rules.autoIncrement ? " AUTO_INCREMENT" : "")
                + comment;
    }

    String placedSql() {
        if (position instanceof ColumnPosition.After after) {
            return sql() + " AFTER " + Identifier.quote(after.column());
        }
        return position instanceof ColumnPosition.First ? sql() + " FIRST" : sql();
    }
}
