package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the type of a column with the one it gets. */
final class TypeComparison {

    private static final int ONE_LENGTH_BYTE = 255;
    private static final int LONG_SHORT = 127;
    private static final int WIDEST_CHARACTER = 4;
    private static final List<Integer> ANY_WIDTH = List.of(1, 3, WIDEST_CHARACTER);
    private static final int ENUM_IN_ONE_BYTE = 255;
    private static final long TEXT_BYTES = 65_535;
    private static final Set<String> TWO_NUMBERS = Set.of("decimal");
    private static final Set<String> FRACTIONS = Set.of("datetime", "timestamp", "time");
    private static final Set<String> LENGTHS = Set.of("char", "binary", "bit", "vector");
    private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
    private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");

    private final ColumnType before;
    private final ColumnType after;

    private TypeComparison(ColumnType before, ColumnType after) {
        this.before = before;
        this.after = after;
    }

    /** What changes, the type itself first; empty when nothing does. */
    static List<TypeChange> of(ColumnType before, ColumnType after) {
        TypeComparison comparison = new TypeComparison(before, after);
        List<TypeChange> changes = new ArrayList<>();
        comparison.shape().ifPresent(changes::add);
        if (before.isText() && after.isText()) {
            changes.addAll(comparison.text());
        }
        return changes;
    }

    private Optional<TypeChange> shape() {
        if (before.isInteger() && after.isInteger()) {
            return integers();
        }
        if (!before.base().equals(after.base())) {
            return Optional.of(otherKind());
        }
        if (before.base().equals("varchar") || before.base().equals("varbinary")) {
            return varchars();
        }
        if (before.isList()) {
            return lists();
        }
        return numbers();
    }

    private Optional<TypeChange> integers() {
        if (before.base().equals(after.base()) && before.unsigned() == after.unsigned()) {
            return Optional.empty();
        }
        boolean holdsAll = before.unsigned()
                ? after.integerRank() > before.integerRank()
                        || after.unsigned() && after.integerRank() == before.integerRank()
                : !after.unsigned() && after.integerRank() > before.integerRank();
        return Optional.of(holdsAll ? TypeChange.WIDEN_NUMBER : TypeChange.NARROW);
    }

    private TypeChange otherKind() {
        if (before.base().equals("float") && after.base().equals("double")) {
            return TypeChange.WIDEN_NUMBER;
        }
        if (before.base().equals("double") && after.base().equals("float")) {
            return TypeChange.NARROW;
        }
        long roomBefore = room(before);
        long roomAfter = room(after);
        boolean isBinary = isBinary(before);
        if (roomBefore < 0 || roomAfter < 0 || isBinary != isBinary(after)) {
            return TypeChange.CHANGE_TYPE;
        }
        // a fixed length fills values up, so what goes in is not what comes out
        boolean isFixed = after.base().equals("char") || after.base().equals("binary");
        return roomAfter >= roomBefore && !isFixed ? TypeChange.WIDEN_TYPE : TypeChange.NARROW;
    }

    /** How many bytes a value of a text or of bytes may take; below 0 of any other type. */
    private static long room(ColumnType type) {
        int rank = Math.max(TEXTS.indexOf(type.base()), BLOBS.indexOf(type.base()));
        if (rank >= 0) {
            return rank == 0 ? ONE_LENGTH_BYTE : (TEXT_BYTES + 1 << (rank - 1) * 8) - 1;
        }
        return switch (type.base()) {
            case "char", "varchar" -> type.argument(0, 1) * width(type);
            case "binary", "varbinary" -> type.argument(0, 1);
            default -> -1;
        };
    }

    private static boolean isBinary(ColumnType type) {
        return type.base().endsWith("blob") || type.base().endsWith("binary");
    }

    private Optional<TypeChange> varchars() {
        long old = before.argument(0, 0);
        long now = after.argument(0, 0);
        if (now < old) {
            return Optional.of(TypeChange.NARROW);
        }
        List<Integer> widthsAfter = widths(after);
        Optional<TypeChange> longer = widths(before).stream()
                .map(width -> longer(old * width, now * (widthsAfter.size() == 1 ? widthsAfter.get(0) : width)))
                .max(Comparator.naturalOrder());
        // with the same number of characters, it is the character set that changes
        boolean isAsLong =
                now == old && (widthsAfter.size() != 1 || longer.equals(Optional.of(TypeChange.WIDEN_VARCHAR)));
        return isAsLong ? Optional.empty() : longer;
    }

    /** Up to 255 bytes, a length takes one byte; of up to 127, MariaDB keeps it in a way that it can grow. */
    private static TypeChange longer(long bytesBefore, long bytesAfter) {
        if (bytesBefore > ONE_LENGTH_BYTE || bytesAfter <= ONE_LENGTH_BYTE) {
            return TypeChange.WIDEN_VARCHAR;
        }
        return bytesBefore <= LONG_SHORT ? TypeChange.WIDEN_SHORT_VARCHAR : TypeChange.WIDEN_VARCHAR_PAST_255;
    }

    /** How many bytes a character may take; several where the character set is not known. */
    private static List<Integer> widths(ColumnType type) {
        return isBinary(type)
                ? List.of(1)
                : type.effectiveCharset().map(Charsets::width).map(List::of).orElse(ANY_WIDTH);
    }

    /** How many bytes a character takes at most; as many as there are when the character set is not known. */
    private static int width(ColumnType type) {
        return type.effectiveCharset().map(Charsets::width).orElse(WIDEST_CHARACTER);
    }

    private Optional<TypeChange> lists() {
        List<String> old = before.arguments();
        List<String> now = after.arguments();
        if (old.equals(now)) {
            return Optional.empty();
        }
        if (!now.containsAll(old)) {
            return Optional.of(TypeChange.REMOVE_VALUE);
        }
        if (!now.subList(0, old.size()).equals(old)) {
            return Optional.of(TypeChange.REORDER_VALUES);
        }
        return Optional.of(bytes(before) == bytes(after) ? TypeChange.APPEND_VALUE : TypeChange.GROW_VALUES);
    }

    private static int bytes(ColumnType list) {
        int values = list.arguments().size();
        if (list.base().equals("enum")) {
            return values <= ENUM_IN_ONE_BYTE ? 1 : 2;
        }
        int bytes = (values + Byte.SIZE - 1) / Byte.SIZE;
        return bytes > 4 ? 8 : bytes;
    }

    private Optional<TypeChange> numbers() {
        String base = before.base();
        if (before.unsigned() != after.unsigned()) {
            return Optional.of(TypeChange.NARROW);
        }
        if (before.arguments().equals(after.arguments())) {
            return Optional.empty();
        }
        if (TWO_NUMBERS.contains(base)) {
            long fractionBefore = before.argument(1, 0);
            long fractionAfter = after.argument(1, 0);
            boolean holdsAll = fractionAfter >= fractionBefore
                    && after.argument(0, 10) - fractionAfter >= before.argument(0, 10) - fractionBefore;
            return same(fractionBefore, fractionAfter, before.argument(0, 10), after.argument(0, 10))
                    ? Optional.empty()
                    : Optional.of(holdsAll ? TypeChange.WIDEN_NUMBER : TypeChange.NARROW);
        }
        boolean hasLength = LENGTHS.contains(base);
        if (hasLength || FRACTIONS.contains(base)) {
            long unsaid = hasLength ? 1 : 0;
            long old = before.argument(0, unsaid);
            long now = after.argument(0, unsaid);
            return now == old ? Optional.empty() : Optional.of(now > old ? TypeChange.WIDEN_TYPE : TypeChange.NARROW);
        }
        boolean isWidth = base.equals("year") || TEXTS.contains(base) || BLOBS.contains(base);
        return isWidth ? Optional.empty() : Optional.of(TypeChange.CHANGE_TYPE);
    }

    private static boolean same(long a, long b, long c, long d) {
        return a == b && c == d;
    }

    /** What is not said of the text comes from defaults, which are not known: then it differs from what was said. */
    private List<TypeChange> text() {
        Optional<String> old = before.effectiveCharset();
        Optional<String> now = after.effectiveCharset();
        List<TypeChange> changes = new ArrayList<>();
        if (!now.equals(old)) {
            changes.add(now.map(charset -> charset(old, charset)).orElse(TypeChange.CHANGE_CHARSET));
        }
        boolean isSame = changes.isEmpty()
                ? before.collation()
                        .map(Charsets::ordinary)
                        .equals(after.collation().map(Charsets::ordinary))
                : before.isCollatedByBytes() == after.isCollatedByBytes()
                        && before.distinguishesCase() == after.distinguishesCase();
        if (!isSame) {
            changes.add(TypeChange.CHANGE_COLLATION);
        }
        return changes;
    }

    private static TypeChange charset(Optional<String> old, String now) {
        boolean isWider = old.isPresent() ? Charsets.contains(now, old.get()) : Charsets.hasAll(now);
        boolean isAlike = old.equals(Optional.of("utf8mb3")) && now.equals("utf8mb4");
        TypeChange wider = isAlike ? TypeChange.WIDEN_CHARSET : TypeChange.WIDEN_OTHER_CHARSET;
        return isWider ? wider : TypeChange.CHANGE_CHARSET;
    }
}
