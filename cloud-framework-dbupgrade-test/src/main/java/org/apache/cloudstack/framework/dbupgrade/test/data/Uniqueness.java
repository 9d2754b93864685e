package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which columns count, so that rows differ in all unique keys of their table. */
final class Uniqueness {

    private final List<Source> sources;
    private final long existing;
    private final long wanted;

    Uniqueness(List<Source> sources, long existing, long wanted) {
        this.sources = sources;
        this.existing = existing;
        this.wanted = wanted;
    }

    /** Numbers the values that a key needs; the key that the server sees to, by columns that are not filled, is left to it. */
    void keep(UniqueKey key) {
        Set<Source> its = new LinkedHashSet<>();
        for (String column : key.columns()) {
            Optional<Source> source = sources.stream()
                    .filter(each -> each.columns().stream().anyMatch(column::equalsIgnoreCase))
                    .findFirst();
            if (source.isEmpty()) {
                return;
            }
            its.add(source.get());
        }
        if (its.stream().noneMatch(source -> isAlone(source, key)) && !countOne(key, its)) {
            countTogether(key, its);
        }
    }

    private static boolean isAlone(Source source, UniqueKey key) {
        Counter counter = source.counter();
        return counter != null && counter.isAlone() && source.sizeFor(key) > 0;
    }

    /** One column is enough where it has values for all rows; columns that refer to nothing first. */
    private boolean countOne(UniqueKey key, Set<Source> its) {
        Optional<Source> large = its.stream()
                .filter(source -> source.counter() == null && source.sizeFor(key) >= existing + wanted)
                .min(Comparator.comparing(source -> source instanceof KeySource));
        large.ifPresent(source -> {
            long size = source.sizeFor(key);
            source.count(new Counter(key, source.beginning(existing, wanted), 1, size, size));
        });
        return large.isPresent();
    }

    private void countTogether(UniqueKey key, Set<Source> its) {
        List<Source> free = its.stream()
                .filter(source -> source.counter() == null && source.sizeFor(key) > 0)
                .toList();
        // what counts for another key already is left to chance; the server says when it went wrong
        boolean all = free.size() == its.size();
        long total = free.stream().mapToLong(source -> source.sizeFor(key)).reduce(1, Uniqueness::product);
        long stride = 1;
        for (Source source : free) {
            long size = source.sizeFor(key);
            source.count(new Counter(key, existing, stride, size, all ? total : Domain.MANY));
            stride = product(stride, size);
        }
    }

    static long product(long one, long other) {
        return one > Domain.MANY / Math.max(other, 1) ? Domain.MANY : one * other;
    }
}
