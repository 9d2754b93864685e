package org.apache.cloudstack.framework.dbupgrade.internal.scan;

/** Says which rule a name breaks, and shows a right name. */
public final class MalformedNameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String example;

    MalformedNameException(String problem, String example) {
        super(problem);
        this.example = example;
    }

    public String problem() {
        return String.valueOf(getMessage());
    }

    public String example() {
        return example;
    }
}
