package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A file of the tree and what it becomes.
 *
 * @param oldFile its path below the tree
 * @param newFile the name of the migration
 * @param release the release it belongs to; empty for a repeatable
 * @param text the text of the migration
 */
public record ImportedFile(String oldFile, String newFile, Optional<ReleaseVersion> release, String text) {

    @Override
    public String toString() {
        return oldFile + " -> " + newFile;
    }
}
