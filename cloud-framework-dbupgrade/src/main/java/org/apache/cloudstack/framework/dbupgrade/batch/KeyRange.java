package org.apache.cloudstack.framework.dbupgrade.batch;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The keys of one batch, both ends included.
 *
 * @param first the first key: a {@link Long}, a {@link java.math.BigDecimal} where it is beyond that, or a {@link String}
 * @param last the last key, likewise
 */
public record KeyRange(Object first, Object last) {

    /**
     * Gives both keys to a statement, for {@code BETWEEN ? AND ?}.
     *
     * @param place the place of the first one, from 1
     */
    public void bind(PreparedStatement statement, int place) throws SQLException {
        statement.setObject(place, first);
        statement.setObject(place + 1, last);
    }
}
