package org.apache.cloudstack.framework.dbupgrade.scratch;

import org.jspecify.annotations.Nullable;

/** A server of one's own that did not start; says why, and what to do. */
public final class ScratchServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScratchServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
