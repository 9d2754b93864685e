package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Gives a backup another content, with sums that are right. */
final class ForgedBackup {

    private ForgedBackup() {}

    static void write(Path folder, byte[] dump, String manifestText) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(dump);
        }
        byte[] stored = compressed.toByteArray();
        Files.write(folder.resolve(Dump.FILE), stored);
        String json = manifestText
                .replaceFirst("\"size\" : \\d+", "\"size\" : " + stored.length)
                .replaceFirst("\"sha256\" : \"\\w+", "\"sha256\" : \"" + sha256(stored));
        Files.writeString(folder.resolve(BackupFolder.MANIFEST), json);
        Files.writeString(
                folder.resolve(BackupFolder.SUMS),
                sha256(stored) + "  " + Dump.FILE + "\n" + sha256(json.getBytes(StandardCharsets.UTF_8)) + "  "
                        + BackupFolder.MANIFEST + "\n");
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(StoredOutput.sha256().digest(content));
    }
}
