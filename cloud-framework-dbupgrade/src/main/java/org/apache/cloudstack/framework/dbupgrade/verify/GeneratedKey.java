package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.List;

/**
 * The primary key that MySQL gives to a table without one where {@code sql_generate_invisible_primary_key} is on: a setting
 * of the server, which no script shows.
 */
final class GeneratedKey {

    private static final String NAME = "my_row_id";

    private GeneratedKey() {}

    static boolean isColumn(Row column) {
        return column.is("column_of", NAME)
                && column.text("extra").contains("INVISIBLE")
                && column.text("extra").contains("auto_increment");
    }

    static boolean isIndex(List<Row> parts) {
        return parts.size() == 1
                && parts.get(0).is("index_of", "PRIMARY")
                && parts.get(0).is("column_of", NAME);
    }
}
