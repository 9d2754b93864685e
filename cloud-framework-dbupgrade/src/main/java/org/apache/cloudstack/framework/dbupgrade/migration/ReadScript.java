package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.IOException;

/**
 * A script of a location that was read, though not yet placed.
 *
 * @param text its whole text
 * @param head what its head lines say
 * @param changeId its id
 */
record ReadScript(String text, DirectiveReader head, ChangeId changeId) {

    private static final String ENDING = ".sql";
    private static final String REPEATABLE = "R_";

    /** Whether a file is meant to be one. */
    static boolean isMeantBy(Location.Entry entry) {
        return entry.fileName().endsWith(ENDING) && !ExpectationFiles.isQuery(entry.fileName());
    }

    /** Its file's name without the ending. */
    static String nameOf(Location.Entry entry) {
        String file = entry.fileName();
        return file.substring(0, file.length() - ENDING.length());
    }

    static boolean isRepeatable(Location.Entry entry) {
        return entry.fileName().startsWith(REPEATABLE);
    }

    static ReadScript of(Location.Entry entry) throws IOException {
        String text = entry.text();
        DirectiveReader head = DirectiveReader.read(entry.path(), isRepeatable(entry), text);
        return new ReadScript(text, head, head.changeId());
    }
}
