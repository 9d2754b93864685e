package org.apache.cloudstack.framework.dbupgrade.importer;

/**
 * The end of a file without a semicolon, which CloudStack's runner never sent. It stands as a comment in the new file.
 *
 * @param file the old file, below the tree
 * @param line its first line, from 1
 * @param text its lines
 */
public record UnterminatedTail(String file, int line, String text) {

    @Override
    public String toString() {
        return file + ", line " + line + ": it has no semicolon at its end, and was never run";
    }
}
