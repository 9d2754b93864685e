package org.apache.cloudstack.framework.dbupgrade.batch;

import java.util.Optional;

/**
 * How far a table is walked; written down as a checkpoint.
 *
 * @param rows how many rows are done
 * @param last the key of the last one; empty before the first
 */
record Place(long rows, Optional<String> last) {

    /** How many characters of a checkpoint the number of rows may take. */
    static final int ROOM_FOR_ROWS = 20;

    static final Place BEGIN = new Place(0, Optional.empty());

    static Place parse(String text) {
        int blank = text.indexOf(' ');
        return new Place(Long.parseLong(text.substring(0, blank)), Optional.of(text.substring(blank + 1)));
    }

    Place behind(KeyWalk.Batch batch) {
        return new Place(rows + batch.rows(), Optional.of(batch.last()));
    }

    String text() {
        return rows + " " + last.orElse("");
    }
}
