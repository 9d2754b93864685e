package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection that ends with its process, and informs it of commits and of statements that change something. */
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
        boolean commits = method.getName().equals("commit")
                || method.getName().equals("setAutoCommit") && arguments != null && Boolean.TRUE.equals(arguments[0]);
        if (commits) {
            committing();
        }
        @Nullable Object result = call(real, method, arguments);
        if (result instanceof Statement statement) {
            String sql = arguments != null && arguments[0] instanceof String text ? text : "";
            return MortalStatement.of(statement, method.getReturnType(), sql, new Session(proxy));
        }
        if (commits) {
            committed();
        } else if (method.getName().equals("rollback")) {
            hasChanged = false;
        }
        return result;
    }

    private void committing() throws SQLException {
        if (hasChanged) {
            process.at(Moment.Point.BEFORE_COMMIT, real, "");
        }
    }

    private void committed() throws SQLException {
        if (hasChanged) {
            hasChanged = false;
            process.at(Moment.Point.AFTER_COMMIT, real, "");
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

        /** A statement is about to be sent. */
        void executing(String sql) throws SQLException {
            SentStatement sent = new SentStatement(sql);
            if (sent.isCommit()) {
                hasChanged = true;
                committing();
            } else if (sent.isRecord()) {
                process.at(Moment.Point.BEFORE_RECORD, real, sql);
            } else {
                if (sent.isOfMigration() || process.isWritten(sql)) {
                    process.at(Moment.Point.BEFORE_STATEMENT, real, sql);
                }
                if (sent.isOfMigration()) {
                    process.at(Moment.Point.BEFORE_CHANGE, real, sql);
                }
            }
        }

        /** The server has done a statement. */
        void executed(String sql) throws SQLException {
            SentStatement sent = new SentStatement(sql);
            if (sent.isCommit()) {
                committed();
            } else {
                hasChanged |= sent.changesMoreThanLease();
                if (sent.isOfMigration()) {
                    process.at(Moment.Point.AFTER_CHANGE, real, sql);
                }
                if (sent.isOfMigration() || process.isWritten(sql)) {
                    process.at(Moment.Point.AFTER_STATEMENT, real, sql);
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
