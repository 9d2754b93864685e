package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The table of phases, the only place that says what a kind of change means. */
public final class PhaseTable {

    private PhaseTable() {}

    /** All rows, by subject. */
    public static List<Change> rows() {
        return Stream.<Change[]>of(
                        ColumnChange.values(),
                        TypeChange.values(),
                        KeyChange.values(),
                        TableChange.values(),
                        CodeChange.values(),
                        RowChange.values())
                .flatMap(Arrays::stream)
                .toList();
    }
}
