package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Assertions about a view, which was selected from: one on something that is gone does not come so far.
 *
 * <pre>{@code
 * assertThat(database).hasView("account_vm_view").withColumnsExactly("account_id", "vm_name").hasRows(3);
 * }</pre>
 */
public final class ViewAssert extends TextAssert<ViewAssert, String> {

    private final DatabaseAssert database;
    private final List<String> columns;

    private ViewAssert(DatabaseAssert database, String name, List<String> columns) {
        super(name, ViewAssert.class);
        this.database = database;
        this.columns = columns;
    }

    static ViewAssert of(DatabaseAssert database, String name) {
        String query = "SELECT * FROM " + quoted(name) + " LIMIT 1";
        try {
            List<String> columns = new ArrayList<>();
            new JdbcTemplate(database.database().dataSource()).query(query, result -> {
                ResultSetMetaData data = result.getMetaData();
                for (int column = 1; column <= data.getColumnCount(); column++) {
                    columns.add(data.getColumnLabel(column));
                }
                return columns;
            });
            return new ViewAssert(database, name, columns);
        } catch (DataAccessException e) {
            throw database.failure("The view " + name + " is there, but cannot be selected from: "
                    + e.getMostSpecificCause().getMessage());
        }
    }

    /** It has these columns in this order, and no other. */
    public ViewAssert withColumnsExactly(String... names) {
        if (!columns.equals(List.of(names))) {
            throw failure("The view " + actual + " has other columns:\n" + SideBySide.ofOrder(List.of(names), columns));
        }
        return this;
    }

    /** It has this column. */
    public ViewAssert withColumn(String column) {
        if (!columns.contains(column)) {
            throw failure("The view " + actual + " has no column " + column + "." + NearNames.hint(column, columns)
                    + "\nIt has: " + String.join(", ", columns));
        }
        return this;
    }

    /** It has no column of this name. */
    public ViewAssert withoutColumn(String column) {
        if (columns.contains(column)) {
            throw failure("The view " + actual + " has a column " + column + ", and none is expected.");
        }
        return this;
    }

    /** So many rows are selected. */
    public ViewAssert hasRows(long count) {
        long found = new TableRows(database.database().jdbc(), actual).count();
        if (found != count) {
            throw failure(
                    "The view " + actual + " has another number of rows: expected " + count + ", found " + found + ".");
        }
        return this;
    }

    /** Goes back to the databases. */
    public DatabaseAssert and() {
        return database;
    }

    private static String quoted(String name) {
        int point = name.indexOf('.');
        return Identifier.quote(name.substring(0, point), name.substring(point + 1));
    }
}
