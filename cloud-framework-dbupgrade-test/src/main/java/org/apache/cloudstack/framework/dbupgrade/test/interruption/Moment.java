package org.apache.cloudstack.framework.dbupgrade.test.interruption;

/**
 * A moment at which an upgrade is struck, and how. Its key replays it alone:
 * {@code Interruptions.everywhere().of(database).replaying("V_470_B.sql#3:after-statement").assertResumes()}.
 *
 * @param script the file or class of the migration; {@value #BEFORE_ALL} before the first one
 * @param kind what strikes it
 * @param number how many such moments there were in the migration, from 1
 * @param place where it is, for people, such as {@code V_470_B.sql:12, after statement 3 of 4}; no values of rows
 */
public record Moment(String script, Kind kind, int number, String place) {

    static final String BEFORE_ALL = "upgrade";

    /** What the upgrade does at that moment. */
    enum Point {
        /** A statement of the migration is about to be sent. */
        BEFORE_STATEMENT,
        /** The same, and it may change rows or tables. */
        BEFORE_CHANGE,
        /** The server has done a statement of the migration, whose checkpoint is not written. */
        AFTER_STATEMENT,
        /** The same, and it may have changed rows or tables. */
        AFTER_CHANGE,
        /** A record of the upgrade is about to be written, such as a checkpoint. */
        BEFORE_RECORD,
        /** What was changed and recorded is about to be committed. */
        BEFORE_COMMIT,
        /** It is committed. */
        AFTER_COMMIT
    }

    /** What strikes an upgrade, and where. */
    public enum Kind {
        /** The process is killed when a statement of the migration is done, and its checkpoint is not written. */
        STATEMENT("after-statement", Point.AFTER_CHANGE, Blow.DEATH, ""),
        /** The process is killed after a commit, which made a checkpoint last and what was changed before it. */
        CHECKPOINT("after-checkpoint", Point.AFTER_COMMIT, Blow.DEATH, ""),
        /** The connection is lost before the server gets a statement of the migration. */
        LOST_BEFORE_STATEMENT("lost-before-statement", Point.BEFORE_STATEMENT, Blow.LOSS, "The connection is lost at "),
        /** The connection is lost with the answer to a statement of the migration. */
        LOST_AFTER_STATEMENT("lost-after-statement", Point.AFTER_STATEMENT, Blow.LOSS, "The connection is lost at "),
        /** The connection is lost before the server gets a commit. */
        LOST_BEFORE_COMMIT("lost-before-commit", Point.BEFORE_COMMIT, Blow.LOSS, "The connection is lost at "),
        /** The connection is lost with the answer to a commit. */
        LOST_AFTER_COMMIT("lost-after-commit", Point.AFTER_COMMIT, Blow.LOSS, "The connection is lost at "),
        /** A statement of the migration fails once; the next upgrade comes when its cause is fixed. */
        FAILED_STATEMENT("failed-statement", Point.BEFORE_STATEMENT, Blow.REFUSAL, "The statement fails at "),
        /** A statement fails, and the server rolls back its transaction, as when its lock table is full. */
        ROLLED_BACK("rolled-back", Point.BEFORE_CHANGE, Blow.ROLLBACK, "The transaction is rolled back at "),
        /** A statement waits too long for the lock of somebody else. */
        LOCKED_STATEMENT("locked-statement", Point.BEFORE_CHANGE, Blow.LOCK, "A lock is held at "),
        /** The checkpoint waits too long for the lock of somebody else. */
        LOCKED_CHECKPOINT("locked-checkpoint", Point.BEFORE_RECORD, Blow.LOCK, "A lock is held at "),
        /** The server answers a commit with an error, and has rolled back. */
        FAILED_COMMIT("failed-commit", Point.BEFORE_COMMIT, Blow.ROLLBACK, "The commit fails at "),
        /** The same because of the global read lock of somebody else. */
        LOCKED_COMMIT("locked-commit", Point.BEFORE_COMMIT, Blow.LOCKED_ROLLBACK, "A lock is held at "),
        /**
         * Somebody holds the global read lock before a checkpoint is written. It takes some seconds, and stops everybody else
         * on the server, so it strikes only {@linkplain Interruptions#only where asked for}.
         */
        READ_LOCK("read-lock", Point.BEFORE_RECORD, Blow.READ_LOCK, "The global read lock is held at ");

        private final String text;
        private final Point point;
        private final Blow blow;
        private final String words;

        Kind(String text, Point point, Blow blow, String words) {
            this.text = text;
            this.point = point;
            this.blow = blow;
            this.words = words;
        }

        Point point() {
            return point;
        }

        Blow blow() {
            return blow;
        }

        String at(String place) {
            return words + place;
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

    /**
     * Whether the upgrade may stop with an error that somebody has to fix. A script goes on by itself after others' locks; what
     * a Java migration makes of them is its own.
     */
    boolean mayStop() {
        boolean isOfScript = script.endsWith(".sql");
        return switch (kind.blow) {
            case REFUSAL, ROLLBACK -> true;
            case LOCK, LOCKED_ROLLBACK, READ_LOCK -> !isOfScript;
            case DEATH, LOSS -> false;
        };
    }

    @Override
    public String toString() {
        return place;
    }
}
