package org.apache.cloudstack.framework.dbupgrade.importer;

/**
 * A place that was written in another way, so that the statements stay those of CloudStack's runner.
 *
 * @param file the old file, below the tree
 * @param line the first line of the place, from 1
 * @param before what stood there; empty for a line that is new
 * @param after what stands there now
 * @param reason why, as the end of a sentence
 */
public record Rewrite(String file, int line, String before, String after, String reason) {

    @Override
    public String toString() {
        return file + ", line " + line + ": " + reason;
    }
}
