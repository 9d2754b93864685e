package org.apache.cloudstack.framework.dbupgrade.migration;

/** Says which rule a name breaks, and shows a right name. */
final class MalformedNameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String example;

    MalformedNameException(String problem, String example) {
        super(problem);
        this.example = example;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String example() {
        return example;
    }
}
