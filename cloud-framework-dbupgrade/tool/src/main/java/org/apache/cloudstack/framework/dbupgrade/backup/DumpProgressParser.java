package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Follows the text of a dump, to report how far it is: in which database, and after how many bytes. Several threads may report it
 * of rows.
 */
final class DumpProgressParser {

    private static final long STEP = 1 << 20;
    private static final int LONGEST_LINE = 600;
    private static final String MARK = "-- Current Database: ";
    private static final String END = "-- Dump completed";

    private final List<String> schemas;
    private final BackupListener listener;
    private final long total;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isComment;
    private boolean isLineStart = true;
    private boolean complete;
    private String database = "";
    private long bytes;
    private long told;

    DumpProgressParser(List<String> schemas, BackupListener listener, long total) {
        this.schemas = List.copyOf(schemas);
        this.listener = listener;
        this.total = total;
    }

    synchronized void read(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            byte next = buffer[i];
            if (next == '\n') {
                endOfLine();
            } else {
                isComment = isLineStart ? next == '-' : isComment;
                isLineStart = false;
                if (isComment && line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
        }
        bytes += length;
        if (bytes - told >= STEP) {
            tell();
        }
    }

    /** Bytes of text that has rows of one database only. */
    synchronized void rows(String schema, long length) {
        database = schema;
        bytes += length;
        if (bytes - told >= STEP) {
            tell();
        }
    }

    /** How far another executable is, which does not say it. */
    synchronized void estimate(long so) {
        if (so - told >= STEP) {
            told = so;
            listener.progress(database, so, total);
        }
    }

    private void endOfLine() {
        String text = isComment ? line.toString(StandardCharsets.UTF_8) : "";
        if (!isLineStart) {
            complete = text.startsWith(END);
        }
        schemas.stream()
                .filter(schema -> text.equals(MARK + Identifier.quote(schema)))
                .findFirst()
                .ifPresent(this::begin);
        line.reset();
        isComment = false;
        isLineStart = true;
    }

    private void begin(String schema) {
        database = schema;
        tell();
    }

    private void tell() {
        told = bytes;
        listener.progress(database, bytes, total);
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Reports the end; says whether the text has the last line that the executables write. */
    synchronized boolean end() {
        endOfLine();
        tell();
        return complete;
    }
}
