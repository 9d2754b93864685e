package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection that ends with its process, and tells it of commits and of statements that change something. */
final class MortalConnection implements InvocationHandler {

    private final Connection real;
    private final MortalProcess process;
    private boolean hasChanged;

    private MortalConnection(Connection real, MortalProcess process) {
        this.real = real;
        this.process = process;
    }

    static Connection of(Connection real, MortalProcess process) {
        return (Connection) Proxy.newProxyInstance(
                MortalConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new MortalConnection(real, process));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "isValid":
                return !process.isDead() && call(real, method, arguments) == Boolean.TRUE;
            case "close":
                close();
                return null;
            default:
                process.checkAlive();
                return answer((Connection) proxy, method, arguments);
        }
    }

    private @Nullable Object answer(Connection proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        @Nullable Object result = call(real, method, arguments);
        if (result instanceof Statement statement) {
            String sql = arguments != null && arguments[0] instanceof String text ? text : "";
            return MortalStatement.of(statement, method.getReturnType(), sql, new Session(proxy));
        }
        boolean commits = method.getName().equals("commit")
                || method.getName().equals("setAutoCommit") && arguments != null && Boolean.TRUE.equals(arguments[0]);
        if (commits) {
            committed();
        } else if (method.getName().equals("rollback")) {
            hasChanged = false;
        }
        return result;
    }

    private void committed() throws SQLException {
        if (hasChanged) {
            hasChanged = false;
            process.afterCheckpoint();
        }
    }

    /** What the statements of the connection see of it. */
    final class Session {

        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        MortalProcess process() {
            return process;
        }

        /** The server has done a statement. */
        void executed(String sql) throws SQLException {
            SentStatement sent = new SentStatement(sql);
            if (sent.isCommit()) {
                hasChanged = true;
                committed();
            } else {
                hasChanged |= sent.changesMoreThanLease();
                if (sent.isOfMigration()) {
                    process.afterStatement(sql);
                }
            }
        }
    }

    private void close() throws SQLException {
        if (!process.isDead()) {
            process.closed(real);
            real.close();
        }
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        }
    }
}
