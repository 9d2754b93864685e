package org.apache.cloudstack.framework.dbupgrade.release;

/** Which release may be asked for that no migration and no entry of releases.yaml knows: once recorded, it stays. */
public enum UnknownRelease {

    /** None. */
    REFUSE {
        @Override
        public boolean accepts(ReleaseVersion release, ReleaseGraph graph) {
            return graph.has(release);
        }
    },

    /** A patch release of a line that is known, which need not bring migrations. */
    PATCH {
        @Override
        public boolean accepts(ReleaseVersion release, ReleaseGraph graph) {
            return graph.has(release) || graph.atOrBelow(release).isOfLineOf(release);
        }
    },

    /** Any. */
    ALLOW {
        @Override
        public boolean accepts(ReleaseVersion release, ReleaseGraph graph) {
            return true;
        }
    };

    /** Whether a release may be asked for. */
    public abstract boolean accepts(ReleaseVersion release, ReleaseGraph graph);
}
