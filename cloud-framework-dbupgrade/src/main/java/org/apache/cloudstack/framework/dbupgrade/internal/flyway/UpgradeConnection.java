package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an upgrade as Flyway gets it, and the mark by which our {@link UpgradeDatabaseType} knows it. The upgrade
 * owns the session and the transactions: what Flyway or one of its callbacks changes is committed together with the next
 * record of the upgrade, if this node still holds the lease.
 */
interface UpgradeConnection extends Connection {

    static UpgradeConnection of(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "close", "setAutoCommit", "commit" -> null;
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> call(connection, method, arguments);
        };
        return (UpgradeConnection) Proxy.newProxyInstance(
                UpgradeConnection.class.getClassLoader(), new Class<?>[] {UpgradeConnection.class}, handler);
    }

    private static @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
