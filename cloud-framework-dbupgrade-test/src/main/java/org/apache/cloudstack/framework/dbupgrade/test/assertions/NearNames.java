package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody who made a typing error may have meant. */
final class NearNames {

    private static final int MOST = 3;

    private NearNames() {}

    /** A sentence such as {@code Did you mean vpc?}; empty when no name is near. */
    static String hint(String wanted, Collection<String> names) {
        List<String> near = names.stream()
                .filter(name -> distance(wanted, name) <= Math.max(2, wanted.length() / 4))
                .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
                .limit(MOST)
                .toList();
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    /** How many letters must be changed, added or removed to make one of the other; case does not count. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] here = new int[b.length() + 1];
            here[0] = row;
            for (int column = 1; column <= b.length(); column++) {
                int changed = above[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(changed, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[b.length()];
    }
}
