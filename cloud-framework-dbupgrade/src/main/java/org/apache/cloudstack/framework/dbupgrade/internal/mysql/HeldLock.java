package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * A lock that a connection holds.
 *
 * @param connection the id of that connection
 * @param scope what is locked
 * @param object the table, view or stored program, or a database without a name in it; of no meaning for the server
 * @param mode how it is locked, in the server's word
 */
record HeldLock(long connection, Scope scope, ObjectName object, String mode) {

    enum Scope {
        OBJECT,
        SCHEMA,
        SERVER,
        BACKUP,
        ROWS,
        OTHER
    }

    private static final Set<String> AGAINST_ROWS =
            Set.of("EXCLUSIVE", "SHARED_NO_READ_WRITE", "SHARED_NO_WRITE", "SHARED_READ_ONLY");
    private static final Pattern BACKUP_AGAINST_ROWS = Pattern.compile("BACKUP_(FTWRL|FLUSH|WAIT_FLUSH|WAIT_COMMIT).*");
    private static final Pattern BACKUP_AGAINST_DEFINITIONS =
            Pattern.compile("SHARED|EXCLUSIVE|BACKUP_(FTWRL|FLUSH|WAIT|BLOCK).*");

    /** Whether it keeps back a statement with these needs; what is only locked row by row is not reported by this. */
    boolean keepsBack(LockNeeds needs) {
        return switch (scope) {
            case OBJECT -> needs.covers(object) && (needs.definition() || AGAINST_ROWS.contains(mode));
            case SCHEMA -> needs.definition() && needs.touches(object.schema()) && !mode.equals("INTENTION_EXCLUSIVE");
            case SERVER -> mode.equals("SHARED") || mode.equals("EXCLUSIVE");
            case BACKUP ->
                (needs.definition() ? BACKUP_AGAINST_DEFINITIONS : BACKUP_AGAINST_ROWS)
                        .matcher(mode)
                        .matches();
            case ROWS -> true;
            case OTHER -> false;
        };
    }

    /** Whether its holder, when it has locked rows, may have locked those of an object in these needs. */
    boolean mayHoldRows(LockNeeds needs) {
        return scope == Scope.OBJECT && needs.covers(object);
    }

    /** What people read that its holder holds. */
    String what() {
        return switch (scope) {
            case ROWS -> "rows of " + object;
            case SCHEMA -> "database " + object.schema();
            case SERVER, BACKUP -> "a lock of the whole server";
            case OBJECT, OTHER -> object.toString();
        };
    }
}
