package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of one table, in checksums that do not depend on their order.
 *
 * @param rows how many there are
 * @param sum over all columns
 * @param sumWithoutIds over all columns but those whose values the server gives out by counting, and those that refer to them:
 *     what was rolled back leaves a gap there, and nobody minds
 * @param columns over each column alone
 */
record TableContents(long rows, String sum, String sumWithoutIds, Map<String, String> columns) {

    TableContents {
        columns = new TreeMap<>(columns);
    }

    /** What is different here, as a clause; empty when both are alike. */
    Optional<String> differenceFrom(TableContents expected) {
        if (rows != expected.rows) {
            return Optional.of("expected " + expected.rows + ", found " + rows);
        }
        if (sum.equals(expected.sum) || sumWithoutIds.equals(expected.sumWithoutIds)) {
            return Optional.empty();
        }
        String different = String.join(
                ", ",
                columns.keySet().stream()
                        .filter(column -> !String.valueOf(columns.get(column)).equals(expected.columns.get(column)))
                        .toList());
        return Optional.of(
                different.isEmpty()
                        ? "the values of each column are as expected, but not together in the same rows"
                        : "expected other values in " + different
                                + " (if each run makes them anew, leave them out by .ignoring)");
    }
}
