package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.io.Reader;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineEnds;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ScriptText;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;

/**
 * A script of a location that was read, though not yet placed.
 *
 * @param text its text
 * @param head what its directives say
 * @param changeId its id
 */
record ReadScript(ScriptText text, DirectiveReader head, ChangeId changeId) {

    private static final String ENDING = ".sql";
    private static final String REPEATABLE = "R_";

    /** Whether a file is meant to be one. */
    static boolean isMeantBy(Location.Entry entry) {
        String file = entry.fileName();
        return file.endsWith(ENDING) && !ExpectationFiles.isQuery(file) && !CallbackFiles.isMeantBy(file);
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
        ScriptText text = textOf(entry);
        DirectiveReader head = DirectiveReader.read(entry.path(), isRepeatable(entry), text);
        return new ReadScript(text, head, head.changeId());
    }

    private static ScriptText textOf(Location.Entry entry) throws IOException {
        byte[] beginning = entry.bytes(LargeScript.LIMIT + 1);
        if (beginning.length <= LargeScript.LIMIT) {
            return ScriptText.of(LineEnds.normalized(NotUtf8Exception.decode(beginning)));
        }
        try (Reader reader = LargeScript.decoded(entry)) {
            LineEnds ends = LineEnds.of(reader);
            // what strings hold is data where line ends differ, and to know that needs the whole
            return ends == LineEnds.MIXED
                    ? ScriptText.of(LineEnds.normalized(entry.text()))
                    : new LargeScript(entry, ends == LineEnds.CR_LF);
        } catch (java.nio.charset.CharacterCodingException e) {
            return ScriptText.of(NotUtf8Exception.decode(entry.bytes()));
        }
    }
}
