package org.apache.cloudstack.framework.dbupgrade.cli;

/** Thrown when the tool cannot do what it was asked for, since it was asked wrongly. */
final class WrongUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUseException(String message) {
        super(message);
    }
}
