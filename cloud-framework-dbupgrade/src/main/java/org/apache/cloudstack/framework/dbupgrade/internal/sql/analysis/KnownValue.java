package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * The strings that a value can have.
 *
 * @param texts the strings, of which it has one
 * @param mayBeNull whether it can be {@code NULL}
 */
record KnownValue(Set<String> texts, boolean mayBeNull) {

    static final KnownValue NULL = new KnownValue(Set.of(), true);
    private static final int MOST = 32;

    static KnownValue of(String text) {
        return new KnownValue(Set.of(text), false);
    }

    /** The one text that it has; empty when it can have several, or be {@code NULL}. */
    Optional<String> single() {
        return texts.size() == 1 && !mayBeNull ? texts.stream().findFirst() : Optional.empty();
    }

    /** One value or the other; empty when that is too much to follow. */
    static Optional<KnownValue> either(Optional<KnownValue> one, Optional<KnownValue> other) {
        return one.flatMap(a -> other.flatMap(b -> {
            Set<String> both = new LinkedHashSet<>(a.texts);
            both.addAll(b.texts);
            return bounded(both, a.mayBeNull || b.mayBeNull);
        }));
    }

    /** What comes of every pair; {@code NULL} with anything is {@code NULL}. */
    Optional<KnownValue> with(KnownValue other, BinaryOperator<String> joined) {
        Set<String> pairs = new LinkedHashSet<>();
        for (String text : texts) {
            for (String behind : other.texts) {
                pairs.add(joined.apply(text, behind));
            }
        }
        return bounded(pairs, mayBeNull || other.mayBeNull);
    }

    private static Optional<KnownValue> bounded(Set<String> texts, boolean mayBeNull) {
        return texts.size() > MOST ? Optional.empty() : Optional.of(new KnownValue(Set.copyOf(texts), mayBeNull));
    }
}
