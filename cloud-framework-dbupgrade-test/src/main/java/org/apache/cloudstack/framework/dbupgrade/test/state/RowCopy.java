package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The rows of a table in another database of the server, where neither character sets nor numbers are converted on the way.
 *
 * @param table whose rows they are
 * @param copy where they are, quoted
 * @param columns the columns of both
 * @param count how many rows there are
 */
record RowCopy(DefinedObject table, String copy, Columns columns, long count) {

    /** Copies the rows of a table. */
    static RowCopy of(ServerSession session, DefinedObject table, String schema, int number) throws SQLException {
        Columns columns = Columns.of(session, table);
        String copy = Identifier.quote(schema, "t" + number);
        long count = session.number("SELECT COUNT(*) FROM " + table.quoted());
        if (count > 0) {
            session.run("CREATE TABLE " + copy + " LIKE " + table.quoted());
            insert(session, copy, table.quoted(), columns);
        }
        return new RowCopy(table, copy, columns, count);
    }

    /** Whether the table, whose definition is unchanged, has these rows and no others. */
    boolean isIn(ServerSession session) throws SQLException {
        if (count == 0) {
            return session.number("SELECT EXISTS (SELECT 1 FROM " + table.quoted() + ")") == 0;
        }
        // which of equal rows is which cannot be determined without a key
        return !columns.key().isEmpty()
                && session.number("SELECT COUNT(*) FROM " + table.quoted()) == count
                && session.number("SELECT COUNT(*) FROM " + table.quoted() + " a JOIN " + copy + " b ON "
                                + columns.sameKey() + " WHERE " + columns.sameRow())
                        == count;
    }

    /** Fills the table, which is empty. */
    void insert(ServerSession session) throws SQLException {
        if (count > 0) {
            insert(session, table.quoted(), copy, columns);
        }
    }

    /** Takes away what is in the table, which has no triggers, and fills it. */
    void replace(ServerSession session) throws SQLException {
        session.run("DELETE FROM " + table.quoted());
        insert(session);
    }

    private static void insert(ServerSession session, String into, String from, Columns columns) throws SQLException {
        session.run("INSERT INTO " + into + " (" + columns.list() + ") SELECT " + columns.list() + " FROM " + from);
    }
}
