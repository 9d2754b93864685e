package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * How a table is changed.
 *
 * @param copying whether the server may copy it and close it meanwhile
 * @param tool the executable that is to make the copy
 * @param ifMissing whether only what is not there is added
 * @param ifThere whether only what is there is dropped
 */
record Manner(boolean copying, Optional<CopyTool> tool, boolean ifMissing, boolean ifThere) {

    static final Manner USUAL = new Manner(false, Optional.empty(), false, false);

    Manner copiedWith(Optional<CopyTool> its) {
        return new Manner(true, its, ifMissing, ifThere);
    }

    Manner under(boolean missing, boolean there) {
        return new Manner(copying, tool, missing, there);
    }

    String guard() {
        return ifMissing ? "IF NOT EXISTS " : ifThere ? "IF EXISTS " : "";
    }

    void needsCopy(ObjectName table, String part) {
        if (!copying) {
            throw PartCheck.wrong(
                    table,
                    part,
                    "no server adds it while others write to the table; say copying() when the table is small, or may be"
                            + " closed for so long");
        }
    }
}
