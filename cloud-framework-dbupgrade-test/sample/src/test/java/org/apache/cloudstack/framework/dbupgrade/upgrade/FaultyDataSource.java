package org.apache.cloudstack.framework.dbupgrade.upgrade;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections on which one statement, or the commit of the first rows that a script changes, meets a fault. */
final class FaultyDataSource extends DelegatingDataSource {

    /** What the server does and answers; {@code sql} is {@code commit} for that commit. */
    interface Fault {
        void on(Connection connection, String sql) throws SQLException;
    }

    private final Fault fault;
    private final AtomicInteger rows = new AtomicInteger();

    FaultyDataSource(DataSource real, Fault fault) {
        super(real);
        this.fault = fault;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return faulty(super.getConnection());
    }

    private Connection faulty(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean isFirstOfRows = method.getName().equals("commit") && rows.compareAndSet(1, 2);
                    if (isFirstOfRows) {
                        fault.on(real, "commit");
                    }
                    Object result = call(real, method, arguments);
                    if (result instanceof Statement statement
                            && method.getName().equals("createStatement")) {
                        return faulty(statement, real);
                    }
                    return result;
                });
    }

    private Statement faulty(Statement real, Connection connection) {
        return (Statement) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof String sql && rows.get() < 2) {
                        rows.compareAndSet(0, sql.startsWith("UPDATE ") ? 1 : 0);
                        fault.on(connection, sql);
                    }
                    return call(real, method, arguments);
                });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
