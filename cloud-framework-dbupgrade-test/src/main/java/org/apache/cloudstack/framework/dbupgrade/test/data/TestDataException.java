package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Rows could not be made. The message names the table, what was found, and what to do; it holds no values:
 * {@code The table cloud.vm cannot take 300 more rows: its unique key level (level) has 256 different values, …}
 */
public final class TestDataException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TestDataException(String message) {
        super(message);
    }

    TestDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
