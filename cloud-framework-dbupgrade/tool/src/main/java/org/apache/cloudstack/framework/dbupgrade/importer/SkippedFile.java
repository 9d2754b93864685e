package org.apache.cloudstack.framework.dbupgrade.importer;

/**
 * A file of the tree that becomes no migration.
 *
 * @param file its path below the tree
 * @param reason why, as the end of a sentence
 */
public record SkippedFile(String file, String reason) {

    @Override
    public String toString() {
        return file + ": " + reason;
    }
}
