package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Settles foreign keys that go round in a circle, once all rows are there. Keys that may be NULL are NULL until then;
 * others were not checked until then, which is made good and proven here.
 */
final class Links {

    private static final int DOUBLE = 1062;
    private static final int LEFT_OUT_ONE_IN = 10;
    private static final int PARENTS = 16;

    private final Connection connection;
    private final Rows rows;

    Links(Connection connection, Rows rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** Lets rows that refer to nothing refer to others; rows of one table only to earlier ones, so that they form trees. */
    void link(ForeignKey key, NewRows added, SplittableRandom random) throws SQLException {
        List<Object[]> keys = added.keys(connection);
        List<Object[]> targets = key.isToItself() ? referenced(key, keys, added) : List.of();
        KeyPool pool = KeyPool.read(connection, key, NewRows.MOST);
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + key.table().quoted() + " SET " + assignments(key) + " WHERE " + added.condition())) {
            for (int i = 0; i < keys.size() && pool.size() > 0; i++) {
                boolean hasTarget = !key.isToItself() || i > 0;
                if (hasTarget && random.nextInt(LEFT_OUT_ONE_IN) > 0) {
                    Object[] target = key.isToItself()
                            ? targets.get(random.nextInt(Math.min(i, targets.size())))
                            : drawn(pool, key, random);
                    update(update, target, keys.get(i));
                }
            }
        }
        connection.commit();
    }

    private static Object[] drawn(KeyPool pool, ForeignKey key, SplittableRandom random) {
        int index = random.nextInt(pool.size());
        return IntStream.range(0, key.columns().size())
                .mapToObj(column -> pool.at(index, column))
                .toArray();
    }

    private List<Object[]> referenced(ForeignKey key, List<Object[]> keys, NewRows added) throws SQLException {
        List<Object[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT "
                + key.referenced().stream().map(Identifier::quote).collect(Collectors.joining(", ")) + " FROM "
                + key.table().quoted() + " WHERE " + added.condition())) {
            for (Object[] one : keys) {
                for (int i = 0; i < one.length; i++) {
                    select.setObject(i + 1, one[i]);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Object[] target = new Object[key.referenced().size()];
                        for (int i = 0; i < target.length; i++) {
                            target[i] = row.getString(i + 1);
                        }
                        found.add(target);
                    }
                }
            }
        }
        return found;
    }

    /** A reference that a unique key does not bear stays away. */
    private static void update(PreparedStatement update, Object[] target, Object[] key) throws SQLException {
        int place = 1;
        for (Object value : target) {
            update.setObject(place++, value);
        }
        for (Object value : key) {
            update.setObject(place++, value);
        }
        try {
            update.executeUpdate();
        } catch (SQLException e) {
            if (e.getErrorCode() != DOUBLE) {
                throw e;
            }
        }
    }

    /** Gives rows whose parent is not there one that is; foreign keys are not checked meanwhile. */
    void adopt(ForeignKey key, boolean oneEach) throws SQLException {
        long orphans = orphans(key);
        KeyPool pool = KeyPool.read(connection, key, oneEach ? orphans : PARENTS);
        if (orphans == 0 || pool.size() == 0) {
            return;
        }
        long each = (orphans + pool.size() - 1) / pool.size();
        String own = columns(key.columns());
        String known = columns(key.referenced());
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + key.table().quoted() + " SET "
                        + assignments(key) + " WHERE (" + own + ") NOT IN (SELECT " + known + " FROM (SELECT " + known
                        + " FROM "
                        + key.parent().quoted() + ") AS known) ORDER BY " + own + " LIMIT " + each)) {
            for (int i = 0; i < pool.size(); i++) {
                for (int column = 0; column < key.columns().size(); column++) {
                    update.setObject(column + 1, pool.at(i, column));
                }
                update.executeUpdate();
            }
        }
        connection.commit();
    }

    /**
     * Proves that each row refers to one that is there.
     *
     * @throws TestDataException when one does not
     */
    void prove(ForeignKey key) {
        long orphans = orphans(key);
        if (orphans > 0) {
            throw new TestDataException(orphans + " rows of " + key.table() + " refer to rows of " + key.parent()
                    + " that are not there, by the foreign key " + key.name() + ", which goes round in a circle and"
                    + " may not be NULL. Insert rows of one of the two tables by hand first.");
        }
    }

    private long orphans(ForeignKey key) {
        String filled = key.columns().stream()
                .map(name -> "c." + Identifier.quote(name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String same = IntStream.range(0, key.columns().size())
                .mapToObj(i -> "p." + Identifier.quote(key.referenced().get(i)) + " = c."
                        + Identifier.quote(key.columns().get(i)))
                .collect(Collectors.joining(" AND "));
        return rows.count(key.table().quoted() + " c WHERE " + filled + " AND NOT EXISTS (SELECT 1 FROM "
                + key.parent().quoted() + " p WHERE " + same + ")");
    }

    private static String assignments(ForeignKey key) {
        return key.columns().stream()
                .map(name -> Identifier.quote(name) + " = ?")
                .collect(Collectors.joining(", "));
    }

    private static String columns(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
