package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;

/**
 * Something that somebody has to say before anything is written.
 *
 * @param kind what it is about, and so how it is answered
 * @param subject the digits, the release or the file
 * @param candidates what the answer may be, as far as that is known
 * @param problem a sentence that says what is doubtful
 */
public record OpenQuestion(Kind kind, String subject, List<String> candidates, String problem) {

    public OpenQuestion {
        candidates = List.copyOf(candidates);
    }

    /** What a doubt is about. */
    public enum Kind {
        /** Digits that are no version, or several; answered by {@link LegacySettings#withAnswer}. */
        VERSION("Say which version is meant"),
        /** Files of which nobody knows how they make a release; by {@link LegacySettings#withScripts}. */
        SCRIPTS("Name the scripts of the release in their order; the others are left out then"),
        /** A release that no path reaches; by {@link LegacySettings#withFollows}, or by a file that is missing. */
        GAP("Say what it follows, or bring the missing script"),
        /** A file that cannot be taken as it is; by correcting it, or by leaving it out of the tree. */
        FILE("Correct the file, or take it out of the tree");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }

        /** What to do, as a sentence without its point. */
        public String remedy() {
            return remedy;
        }
    }

    @Override
    public String toString() {
        return problem + " " + kind.remedy()
                + (candidates.isEmpty() ? "." : " (possible: " + String.join(", ", candidates) + ").");
    }
}
