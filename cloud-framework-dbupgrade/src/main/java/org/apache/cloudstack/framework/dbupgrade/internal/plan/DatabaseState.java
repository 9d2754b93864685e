package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** What was found in the databases. */
public sealed interface DatabaseState {

    /** The release the database is at, as far as it is known. */
    Optional<ReleaseVersion> release();

    /** There are no tables yet. */
    record Empty() implements DatabaseState {
        @Override
        public Optional<ReleaseVersion> release() {
            return Optional.empty();
        }
    }

    /**
     * The databases have a history of this library.
     *
     * @param applied the migrations it reports
     * @param reached the releases that were completed
     * @param contracted the newest release of which something was run that takes away what older code needs
     */
    record Managed(
            List<AppliedMigration> applied, NavigableSet<ReleaseVersion> reached, Optional<ReleaseVersion> contracted)
            implements DatabaseState {

        public Managed {
            applied = List.copyOf(applied);
            reached = java.util.Collections.unmodifiableNavigableSet(new TreeSet<>(reached));
        }

        @Override
        public Optional<ReleaseVersion> release() {
            return reached.isEmpty() ? Optional.empty() : Optional.of(reached.last());
        }
    }

    /**
     * The databases were upgraded by other software so far, which left a version table.
     *
     * @param version the newest completed release it states
     * @param table the table's name
     */
    record Legacy(ReleaseVersion version, String table) implements DatabaseState {
        @Override
        public Optional<ReleaseVersion> release() {
            return Optional.of(version);
        }
    }

    /**
     * There are tables, but nothing shows at which release.
     *
     * @param schemas the names of the databases
     * @param tables the number of tables and a few of their names
     */
    record UnknownOrigin(String schemas, String tables) implements DatabaseState {
        @Override
        public Optional<ReleaseVersion> release() {
            return Optional.empty();
        }
    }

    /**
     * What was found rules an upgrade out.
     *
     * @param finding the reason
     * @param otherwise what is known of them all the same
     */
    record Unusable(Finding finding, Optional<DatabaseState> otherwise) implements DatabaseState {

        public Unusable(Finding finding) {
            this(finding, Optional.empty());
        }

        @Override
        public Optional<ReleaseVersion> release() {
            return otherwise.flatMap(DatabaseState::release);
        }
    }
}
