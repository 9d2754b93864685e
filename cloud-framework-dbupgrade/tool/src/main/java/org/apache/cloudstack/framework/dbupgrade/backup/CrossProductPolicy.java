package org.apache.cloudstack.framework.dbupgrade.backup;

/** What is done with a backup of MySQL on MariaDB, and the other way round. */
public enum CrossProductPolicy {
    /** It is refused. */
    REFUSE,
    /** It is tried; the server may refuse it in the middle, or understand it otherwise. */
    TRY
}
