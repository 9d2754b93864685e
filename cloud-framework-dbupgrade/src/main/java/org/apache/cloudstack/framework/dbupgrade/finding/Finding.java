package org.apache.cloudstack.framework.dbupgrade.finding;

/**
 * Something the operator or developer is told: what it is about, what was found, and what to do.
 *
 * @param code the kind of finding; stable, for machines
 * @param subject the file, release, database or server concerned
 * @param problem what was found and why it stops, in one or two sentences
 * @param evidence the facts behind it, such as the server's own error; empty when the problem says it all
 * @param remedy what to do about it
 */
public record Finding(FindingCode code, String subject, String problem, String evidence, String remedy) {

    /** The problem and its evidence, for one line of a log. */
    public String description() {
        return evidence.isEmpty() ? problem : problem + " (" + evidence + ")";
    }

    @Override
    public String toString() {
        return code + ": " + description() + " " + remedy;
    }
}
