package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.math.BigDecimal;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What is in tables before they get more. */
final class Rows {

    private final JdbcClient jdbc;
    private final Map<TableId, Long> existing = new HashMap<>();

    Rows(Connection connection) {
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** How many rows a table had when it was first asked for. */
    long existing(TableId table) {
        return existing.computeIfAbsent(table, id -> jdbc.sql("SELECT COUNT(*) FROM " + id.quoted())
                .query(Long.class)
                .single());
    }

    /** The highest number in a column, not below 0; -1 when it is out of reach of a {@code long}. */
    long highest(TableId table, Column column) {
        BigDecimal highest = jdbc.sql(
                        "SELECT COALESCE(MAX(" + Identifier.quote(column.name()) + "), 0) FROM " + table.quoted())
                .query(BigDecimal.class)
                .single();
        return highest.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0 ? Math.max(highest.longValue(), 0) : -1;
    }

    /** How many rows answer a condition. */
    long count(String fromAndWhere) {
        return jdbc.sql("SELECT COUNT(*) FROM " + fromAndWhere)
                .query(Long.class)
                .single();
    }
}
