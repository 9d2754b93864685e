package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests what goes into a file of a backup. */
final class StoredOutput extends OutputStream {

    private final OutputStream file;
    private final MessageDigest digest = sha256();
    private long size;

    StoredOutput(OutputStream file) {
        this.file = file;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        file.write(octets, offset, length);
        digest.update(octets, offset, length);
        size += length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** What was written; asked once, at the end. */
    BackupManifest.StoredFile stored(String name) {
        return new BackupManifest.StoredFile(name, size, HexFormat.of().formatHex(digest.digest()));
    }
}
