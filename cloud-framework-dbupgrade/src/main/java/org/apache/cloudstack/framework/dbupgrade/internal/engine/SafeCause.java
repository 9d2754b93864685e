package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * An exception as it may be logged together with its causes. The server's errors are replaced by ones that say the same
 * without values; of what wraps them, the words stay that do not repeat theirs; of what drivers put after them, those of
 * the network. Stack traces stay.
 */
public final class SafeCause {

    private final Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> textsOfDatabase;

    private SafeCause(Throwable exception) {
        collect(exception);
        this.textsOfDatabase = chain.stream()
                .filter(SafeCause::isOfDatabase)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** The exception itself where it has nothing to do with a database, else a copy of it and its causes. */
    public static Throwable of(Throwable exception) {
        SafeCause safe = new SafeCause(exception);
        return safe.chain.stream().anyMatch(SafeCause::isOfDatabase) ? safe.copy(exception, false) : exception;
    }

    /** What an exception says, with the server's error after it. */
    static String tell(Exception exception) {
        SQLException error = ServerMessage.behind(exception);
        String words = new SafeCause(exception).words(exception, false);
        if (error == null) {
            return words;
        }
        return isOfDatabase(exception) ? ServerMessage.of(error) : words + "; " + ServerMessage.of(error);
    }

    private void collect(@Nullable Throwable exception) {
        if (exception != null && chain.add(exception)) {
            collect(exception.getCause());
            Stream.of(exception.getSuppressed()).forEach(this::collect);
        }
    }

    private static boolean isOfDatabase(Throwable exception) {
        return exception instanceof SQLException || exception instanceof DataAccessException;
    }

    /** Each exception is copied once, for causes may run in a circle. */
    private Throwable copy(Throwable original, boolean behindDatabase) {
        chain.remove(original);
        Throwable copy = original instanceof SQLException error
                ? new SQLException(ServerText.of(error), error.getSQLState(), error.getErrorCode())
                : new Copy(words(original, behindDatabase));
        boolean behind = behindDatabase || isOfDatabase(original);
        copy.setStackTrace(original.getStackTrace());
        if (original.getCause() != null && chain.contains(original.getCause())) {
            copy.initCause(copy(original.getCause(), behind));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (chain.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, behind));
            }
        }
        return copy;
    }

    private String words(Throwable exception, boolean behindDatabase) {
        String type = exception.getClass().getName();
        String text = exception.getMessage();
        boolean isHidden = text == null
                || isOfDatabase(exception)
                || behindDatabase && !(exception instanceof IOException)
                || textsOfDatabase.stream().anyMatch(text::contains);
        return isHidden ? type : type + ": " + text;
    }

    /** Says the class and the words of the exception that it stands for. */
    private static final class Copy extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Copy(String words) {
            super(words);
        }
    }
}
