package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;

/** Expected and found next to each other, one line for each thing, those that differ with a mark before them. */
final class SideBySide {

    private static final String NOTHING = "-";

    private SideBySide() {}

    /** Things by name. What only one side has shows a dash on the other. */
    static String ofValues(String heading, Map<String, String> expected, Map<String, String> found) {
        Set<String> names = new LinkedHashSet<>(found.keySet());
        names.addAll(expected.keySet());
        return table(
                heading,
                names.stream()
                        .map(name ->
                                List.of(name, expected.getOrDefault(name, NOTHING), found.getOrDefault(name, NOTHING)))
                        .toList());
    }

    /** Names without an order. */
    static String ofNames(Collection<String> expected, Collection<String> found) {
        Set<String> names = new LinkedHashSet<>(expected);
        names.addAll(found);
        return table(
                "name",
                names.stream()
                        .map(name -> List.of(
                                name,
                                expected.contains(name) ? "there" : NOTHING,
                                found.contains(name) ? "there" : NOTHING))
                        .toList());
    }

    /** Things in an order, by their places from 1. */
    static String ofOrder(List<String> expected, List<String> found) {
        return table(
                "place",
                IntStream.range(0, Math.max(expected.size(), found.size()))
                        .mapToObj(place -> List.of(Integer.toString(place + 1), at(expected, place), at(found, place)))
                        .toList());
    }

    private static String at(List<String> names, int place) {
        return place < names.size() ? names.get(place) : NOTHING;
    }

    private static String table(String heading, List<List<String>> rows) {
        List<List<String>> marked = new ArrayList<>();
        rows.forEach(row ->
                marked.add(List.of(row.get(1).equals(row.get(2)) ? "" : "!", row.get(0), row.get(1), row.get(2))));
        return new TextTable(List.of("", heading, "expected", "found"), marked)
                .lines().stream().collect(Collectors.joining("\n"));
    }
}
