package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement that ends with its process, and reports its connection when the server has done it. */
final class MortalStatement implements InvocationHandler {

    private final Statement real;
    private final MortalConnection.Session session;
    private String sql;

    private MortalStatement(Statement real, String sql, MortalConnection.Session session) {
        this.real = real;
        this.sql = sql;
        this.session = session;
    }

    /**
     * The statement as its caller sees it.
     *
     * @param type as which the caller knows it
     * @param sql its text, where it is prepared
     */
    static Object of(Statement real, Class<?> type, String sql, MortalConnection.Session session) {
        return Proxy.newProxyInstance(
                MortalStatement.class.getClassLoader(), new Class<?>[] {type}, new MortalStatement(real, sql, session));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "getConnection":
                return session.connection();
            case "close":
                close();
                return null;
            default:
                session.process().checkAlive();
                return answer(method, arguments);
        }
    }

    private @Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof String text && takesText(method.getName())) {
            sql = text;
        }
        boolean isSent =
                method.getName().startsWith("execute") && !method.getName().equals("executeQuery");
        if (isSent) {
            session.executing(sql);
        }
        @Nullable Object result = MortalConnection.call(real, method, arguments);
        if (isSent) {
            session.executed(sql);
        }
        return result;
    }

    private static boolean takesText(String method) {
        return method.startsWith("execute") || method.equals("addBatch");
    }

    private void close() throws SQLException {
        if (!session.process().isDead()) {
            real.close();
        }
    }
}
