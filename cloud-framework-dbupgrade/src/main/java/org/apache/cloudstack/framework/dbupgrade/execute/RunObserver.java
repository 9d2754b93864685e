package org.apache.cloudstack.framework.dbupgrade.execute;

/** Is told how far a routine is. */
public interface RunObserver {

    /** The unit of scripts. */
    String STATEMENT = "statement";

    /** The unit of Java migrations. */
    String UNIT = "unit";

    /**
     * Progress inside the routine.
     *
     * @param unit what is counted: {@link #STATEMENT} or {@link #UNIT}
     */
    void progress(String unit, long done, long total);

    /** A fact that a Java migration tells the operator. */
    void note(String text);
}
