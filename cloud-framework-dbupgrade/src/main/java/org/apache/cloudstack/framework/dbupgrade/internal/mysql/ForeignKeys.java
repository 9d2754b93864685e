package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** The foreign keys of a server, as InnoDB lists them: without waiting for any table. */
record ForeignKeys(Connection asking, ServerProduct product) {

    /** The tables that refer to those of the needs, or that those refer to; a definition locks them too. */
    Set<ObjectName> relativesOf(LockNeeds needs) throws SQLException {
        String list = product == ServerProduct.MYSQL ? "innodb_foreign" : "innodb_sys_foreign";
        Set<ObjectName> relatives = new HashSet<>();
        try (Statement select = asking.createStatement();
                ResultSet keys = select.executeQuery("SELECT for_name, ref_name FROM information_schema." + list)) {
            while (keys.next()) {
                ObjectName child = table(keys.getString(1));
                ObjectName parent = table(keys.getString(2));
                if (needs.covers(child)) {
                    relatives.add(parent);
                }
                if (needs.covers(parent)) {
                    relatives.add(child);
                }
            }
        }
        return relatives;
    }

    private static ObjectName table(String path) {
        int slash = path.indexOf('/');
        return new ObjectName(path.substring(0, Math.max(slash, 0)), path.substring(slash + 1));
    }
}
