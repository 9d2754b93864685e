package org.apache.cloudstack.framework.dbupgrade;

import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopierFactory;

/** Lets a test say what copies tables, which applications find on their class path. */
public final class TableCopying {

    private TableCopying() {}

    /** The builder, with that. */
    public static DatabaseUpgradeBuilder by(TableCopierFactory copier, DatabaseUpgradeBuilder builder) {
        return builder.copying(copier);
    }
}
