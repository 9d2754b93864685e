package org.apache.cloudstack.framework.dbupgrade.backup;

import java.util.Set;

/**
 * What a backup has that is to be no way back.
 *
 * @param rows how many of each table at most
 * @param wholeTables tables of the first database of which it has all rows
 */
record Sample(long rows, Set<String> wholeTables) {

    Sample {
        wholeTables = Set.copyOf(wholeTables);
    }
}
