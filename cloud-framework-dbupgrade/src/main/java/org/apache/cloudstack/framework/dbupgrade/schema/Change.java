package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;

/**
 * One statement.
 *
 * @param sql its text, without a delimiter
 * @param half the phase of the half of a rename that it is part of
 * @param copyWith the executable that is to make it, where the server would copy the table
 */
public record Change(String sql, Optional<Phase> half, Optional<CopyTool> copyWith) {

    Change(String sql) {
        this(sql, Optional.empty(), Optional.empty());
    }

    Change partOf(Phase its) {
        return new Change(sql, Optional.of(its), copyWith);
    }

    Change copiedWith(Optional<CopyTool> tool) {
        return new Change(sql, half, tool);
    }
}
