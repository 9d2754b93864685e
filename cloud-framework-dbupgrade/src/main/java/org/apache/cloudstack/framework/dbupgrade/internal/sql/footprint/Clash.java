package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

/**
 * A reason why two footprints do not commute.
 *
 * @param object what both touch
 * @param how in which way
 */
public record Clash(SchemaObject object, How how) {

    /** In which way two footprints touch an object. */
    public enum How {
        WRITTEN_BY_BOTH("is written by both"),
        WRITTEN_HERE_READ_THERE("is written by the first and read by the second"),
        READ_HERE_WRITTEN_THERE("is read by the first and written by the second");

        private final String words;

        How(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return object + " " + how.words;
    }
}
