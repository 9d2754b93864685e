package org.apache.cloudstack.framework.dbupgrade.test.interruption;

/**
 * A moment at which an upgrade can be cut off: the server has done something, and its answer is lost. Its key
 * replays it alone: {@code Interruptions.everywhere().of(database).replaying("V_470_B.sql#3:after-statement").assertResumes()}.
 *
 * @param script the file or class of the migration; {@value #BEFORE_ALL} before the first one
 * @param kind what the server has done
 * @param number how many of that kind there were in the migration, from 1
 * @param place where it is, for people, such as {@code V_470_B.sql:12, behind statement 3 of 4}; no values of rows
 */
public record Moment(String script, Kind kind, int number, String place) {

    static final String BEFORE_ALL = "upgrade";

    /** What the server has done. */
    public enum Kind {
        /** A statement of the migration, whose checkpoint is not written. */
        STATEMENT("after-statement"),
        /** A commit, which made a checkpoint last and what was changed before it. */
        CHECKPOINT("after-checkpoint");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Its name for {@link InterruptedUpgrade#replaying}, such as {@code V_470_B.sql#3:after-statement}. */
    public String key() {
        return script + "#" + number + ":" + kind;
    }

    @Override
    public String toString() {
        return place;
    }
}
